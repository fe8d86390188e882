package io.filejob.service.job;

import io.filejob.api.FileJobSpec;
import io.filejob.value.Json;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The files of the service that jobs read and write. The locations of uploads and results contain a UUID. */
public final class FileReferences {
    private static final Pattern IDS = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private FileReferences() {}

    /** Returns all UUIDs in {@code spec}: a manifest may name a file by its path, its URI or a pattern. */
    public static Set<String> in(FileJobSpec spec) {
        return IDS.matcher(Json.tree(spec).toString())
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }
}
