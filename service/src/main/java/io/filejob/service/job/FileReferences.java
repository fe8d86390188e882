package io.filejob.service.job;

import io.filejob.api.FileJobSpec;
import io.filejob.file.UriScheme;
import io.filejob.spec.VolumeSpec;
import io.filejob.value.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files of the service that jobs read and write. The locations of uploads and results contain a UUID, but a job may also
 * read a folder or pattern above them.
 *
 * @param ids the UUIDs in manifests
 * @param beginnings the beginnings of locations without a UUID, until their first wildcard; paths without {@code file://}
 * @param fragments parts of such paths on a volume, which is mounted elsewhere in other pods
 */
public record FileReferences(Set<String> ids, Set<String> beginnings, Set<String> fragments) {
    private static final Pattern IDS = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern WILDCARDS = Pattern.compile("[*?\\[{]");
    private static final Pattern FILE = Pattern.compile("^file:(//[^/]*)?", Pattern.CASE_INSENSITIVE);

    /** Copies the sets. */
    public FileReferences {
        ids = Set.copyOf(ids);
        beginnings = Set.copyOf(beginnings);
        fragments = Set.copyOf(fragments);
    }

    /** Returns the files of one job. */
    public static FileReferences of(FileJobSpec spec) {
        Set<String> beginnings = new HashSet<>();
        Set<String> fragments = new HashSet<>();
        for (String location : Objects.requireNonNullElse(spec.input().files(), List.<String>of())) {
            UriScheme scheme = UriScheme.of(location);
            if (scheme == UriScheme.HTTP || IDS.matcher(location).find()) {
                continue;
            }
            Matcher wildcard = WILDCARDS.matcher(location);
            String beginning = path(wildcard.find() ? location.substring(0, wildcard.start()) : location);
            String mount = scheme == UriScheme.FILE ? mount(spec, beginning) : null;
            if (mount == null) {
                beginnings.add(beginning);
            } else {
                fragments.add(beginning.substring(Math.min(mount.length(), beginning.length())));
            }
        }
        return new FileReferences(in(spec), beginnings, fragments);
    }

    /** Returns all files of several jobs. */
    public static FileReferences all(Collection<FileReferences> jobs) {
        Set<String> ids = new HashSet<>();
        Set<String> beginnings = new HashSet<>();
        Set<String> fragments = new HashSet<>();
        for (FileReferences job : jobs) {
            ids.addAll(job.ids);
            beginnings.addAll(job.beginnings);
            fragments.addAll(job.fragments);
        }
        return new FileReferences(ids, beginnings, fragments);
    }

    /** Returns all UUIDs in {@code spec}: a manifest may name a file by its path, its URI or a pattern. */
    public static Set<String> in(FileJobSpec spec) {
        return IDS.matcher(Json.tree(spec).toString())
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    /** Returns the path of a {@code file:} URI, whose characters may be encoded; other locations as they are. */
    private static String path(String location) {
        Matcher file = FILE.matcher(location);
        if (!file.find()) {
            return location;
        }
        String path = location.substring(file.end());
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }

    /** Returns the mount path of the volume with {@code path}; null if there is none. */
    private static @Nullable String mount(FileJobSpec spec, String path) {
        return Objects.requireNonNullElse(spec.volumes(), List.<VolumeSpec>of()).stream()
                .map(VolumeSpec::mountPath)
                .filter(mount -> path.startsWith(mount) || mount.startsWith(path))
                .findFirst()
                .orElse(null);
    }

    /**
     * Returns whether a job may use the file of the service with identity {@code id} at {@code location}. It does so for
     * some files that no job uses, but never the other way round.
     */
    public boolean include(String id, String location) {
        String path = path(location);
        return ids.contains(id)
                || beginnings.stream().anyMatch(path::startsWith)
                || fragments.stream().anyMatch(path::contains);
    }
}
