package io.filejob.cluster;

import io.filejob.failure.Excerpt;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The content of the file to which a worker records its progress, in a pod the termination message: the slice in progress when the
 * worker was killed, and its item in progress if the slice has items, such as images; the failure with which it ended, or nothing.
 */
public final class TerminationMessage {
    /** Maximum length in bytes of a termination message in Kubernetes. */
    public static final int LIMIT = 4096;

    private static final Pattern FAILURE = Pattern.compile("failed \\((\\d{1,3})\\): (.+)", Pattern.DOTALL);
    private static final Pattern SLICE = Pattern.compile("(\\d{1,9})(?: +(\\d{1,9}))?");

    private final OptionalInt slice;
    private final OptionalInt item;
    private final Optional<JobFailedException> failure;

    private TerminationMessage(OptionalInt slice, OptionalInt item, Optional<JobFailedException> failure) {
        this.slice = slice;
        this.item = item;
        this.failure = failure;
    }

    /** Parses {@code terminationMessage}. Any other text, such as the end of a log, counts as empty. */
    public static TerminationMessage parse(@Nullable String terminationMessage) {
        String text = terminationMessage == null ? "" : terminationMessage.strip();
        Matcher progress = SLICE.matcher(text);
        if (progress.matches()) {
            return new TerminationMessage(number(progress.group(1)), number(progress.group(2)), Optional.empty());
        }
        Matcher matcher = FAILURE.matcher(text);
        if (matcher.matches()) {
            ExitCode code = ExitCode.of(Integer.parseInt(matcher.group(1)));
            return new TerminationMessage(
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    Optional.of(JobFailedException.stated(code, matcher.group(2))));
        }
        return new TerminationMessage(OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
    }

    private static OptionalInt number(@Nullable String digits) {
        return digits == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
    }

    /** Returns whether a worker may have left {@code text}, whole or not. */
    public static boolean isOfWorker(String text) {
        return text.isBlank() || SLICE.matcher(text.strip()).matches() || text.startsWith("failed (");
    }

    /** Returns the slice in progress, if one was recorded. */
    public OptionalInt slice() {
        return slice;
    }

    /** Returns the item of the slice that was in progress, if one was recorded. */
    public OptionalInt item() {
        return item;
    }

    /** Returns the failure of the worker, if one was recorded; its message may be truncated. */
    public Optional<JobFailedException> failure() {
        return failure;
    }

    /** Returns {@code failure} in UTF-8, truncated to {@value #LIMIT} bytes. */
    public static byte[] bytes(JobFailedException failure) {
        String text = "failed (" + failure.exitCode().number() + "): " + failure.getMessage();
        return Excerpt.ofBytes(text, LIMIT).getBytes(StandardCharsets.UTF_8);
    }
}
