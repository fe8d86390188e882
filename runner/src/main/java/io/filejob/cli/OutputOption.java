package io.filejob.cli;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code -o} of commands with a result in rows: a file for it, or a format in which it is printed. */
final class OutputOption {
    /** Names of files; what has neither a folder nor an extension is more likely a format that was mistyped. */
    private static final Pattern FILE = Pattern.compile(".*[./].*");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE|FORMAT",
            description =
                    "Write all rows of the result into this file, such as totals.csv or s3://bucket/totals.csv, or"
                            + " print them as csv. Default: text, which shows the first rows. With json or yaml, print the job with"
                            + " its status.")
    private @Nullable String output;

    /** Returns the format in which the result is printed. */
    ResultFormat format() {
        return StandardStreams.NAME.equals(output) ? ResultFormat.CSV : named().orElse(ResultFormat.TEXT);
    }

    /** Returns the file for the result, null if there is none. */
    @Nullable
    String file() {
        if (output == null || output.equals(StandardStreams.NAME) || named().isPresent()) {
            return null;
        }
        if (!FILE.matcher(output).matches()) {
            throw new JobFailedException(
                    ExitCode.USAGE,
                    "--output " + output + ": not a format ("
                            + Arrays.stream(ResultFormat.values())
                                    .map(ResultFormat::toString)
                                    .collect(Collectors.joining(", "))
                            + ") and not the name of a file with an extension; write ./" + output + " for a file");
        }
        return output;
    }

    private Optional<ResultFormat> named() {
        return output == null
                ? Optional.empty()
                : Arrays.stream(ResultFormat.values())
                        .filter(format -> format.toString().equals(output.toLowerCase(Locale.ROOT)))
                        .findFirst();
    }
}
