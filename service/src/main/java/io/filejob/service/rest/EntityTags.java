package io.filejob.service.rest;

import io.filejob.api.FileJob;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Preconditions of requests: entity tags are resource versions of jobs. */
final class EntityTags {
    private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");
    private static final Pattern TAGS = Pattern.compile("\\s*" + TAG + "(\\s*,\\s*" + TAG + ")*\\s*");
    private static final String ANY = "*";
    /** Distinguishes the entity tags of YAML, which is another representation. */
    static final String YAML = "-yaml";

    private EntityTags() {}

    static String of(FileJob job) {
        return job.metadata().path("resourceVersion").asText();
    }

    /** Returns whether {@code header}, an {@code If-None-Match}, names the version {@code tag}. */
    static boolean matches(@Nullable String header, String tag) {
        return header != null
                && (header.strip().equals(ANY)
                        || tags(header).anyMatch(found -> found.group(2).equals(tag)));
    }

    /** Returns the version that {@code header}, an {@code If-Match}, requires; null if any is accepted. */
    static @Nullable String required(@Nullable String header, Supplier<FileJob> current) {
        if (header == null || header.strip().equals(ANY)) {
            return null;
        }
        if (!TAGS.matcher(header).matches()) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "If-Match: not a list of entity tags; use the header ETag of a job");
        }
        List<String> versions = tags(header)
                .filter(found -> found.group(1) == null)
                .map(found -> found.group(2))
                .map(tag -> tag.endsWith(YAML) ? tag.substring(0, tag.length() - YAML.length()) : tag)
                .toList();
        if (versions.size() == 1) {
            return versions.getFirst();
        }
        String version = of(current.get());
        if (!versions.contains(version)) {
            throw new ProblemException(
                    ProblemType.VERSION_CHANGED,
                    "the job has another version than the ones in If-Match; read it again");
        }
        return version;
    }

    private static Stream<MatchResult> tags(String header) {
        return TAG.matcher(header).results();
    }
}
