package io.filejob.storage;

import io.filejob.model.Excerpt;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a worker left in its {@link InFlightFile}, in a pod the termination message: the slice that it was at when it was
 * killed, or the failure that it ended with, or nothing.
 */
public final class LastWords {
    /** The most bytes of a pod's termination message that Kubernetes keeps. */
    static final int LIMIT = 4096;

    private static final Pattern FAILURE = Pattern.compile("failed \\((\\d{1,3})\\): (.+)", Pattern.DOTALL);
    private static final Pattern SLICE = Pattern.compile("\\d{1,9}");

    private final OptionalInt slice;
    private final Optional<JobFailure> failure;

    private LastWords(OptionalInt slice, Optional<JobFailure> failure) {
        this.slice = slice;
        this.failure = failure;
    }

    /** What {@code terminationMessage} says. Anything else, such as the end of a log, is taken for nothing. */
    public static LastWords parse(@Nullable String terminationMessage) {
        String text = terminationMessage == null ? "" : terminationMessage.strip();
        if (SLICE.matcher(text).matches()) {
            return new LastWords(OptionalInt.of(Integer.parseInt(text)), Optional.empty());
        }
        Matcher matcher = FAILURE.matcher(text);
        if (matcher.matches()) {
            ExitCode code = ExitCode.of(Integer.parseInt(matcher.group(1)));
            return new LastWords(OptionalInt.empty(), Optional.of(new JobFailure(code, matcher.group(2))));
        }
        return new LastWords(OptionalInt.empty(), Optional.empty());
    }

    /** The slice that the worker was at. */
    public OptionalInt slice() {
        return slice;
    }

    /** Why it gave up. Its message may lack its end. */
    public Optional<JobFailure> failure() {
        return failure;
    }

    /** {@code failure} in UTF-8, at most {@value #LIMIT} bytes. */
    static byte[] bytes(JobFailure failure) {
        String text = "failed (" + failure.exitCode().number() + "): " + failure.getMessage();
        return Excerpt.ofBytes(text, LIMIT).getBytes(StandardCharsets.UTF_8);
    }
}
