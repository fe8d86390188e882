package io.filejob.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.oneline.ManifestDraft;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that skip bad records, which otherwise fail the job. */
final class BadRecordOptions {
    private static final Pattern LIMIT = Pattern.compile("(?<number>[0-9]{1,18})(?<percent>%?)");

    @Option(
            names = "--skip-bad",
            description = "Skip bad records and show the first ones, instead of failing at the first one.")
    private boolean isSkipping;

    @Option(
            names = "--tolerate",
            paramLabel = "N[%%]",
            description = "Skip bad records, and fail if they are more than N, or more than N%% of all.")
    private @Nullable String tolerated;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "Skip bad records, and write them into this file with place and reason.")
    private @Nullable String rejects;

    void addTo(ManifestDraft draft) {
        draft.from("spec.onBadRecord", "--skip-bad")
                .from("spec.tolerated", "--tolerate")
                .from("spec.rejects", "--rejects");
        ObjectNode spec = draft.spec();
        if (isSkipping || tolerated != null || rejects != null) {
            spec.put("onBadRecord", "skip");
        }
        if (tolerated != null) {
            Matcher limit = LIMIT.matcher(tolerated);
            if (!limit.matches()) {
                throw new JobFailedException(
                        ExitCode.USAGE,
                        "--tolerate " + tolerated + ": not a number of records, or of percent: write 100 or 5%");
            }
            spec.putObject("tolerated")
                    .put(
                            limit.group("percent").isEmpty() ? "records" : "percent",
                            Long.parseLong(limit.group("number")));
        }
        if (rejects != null) {
            spec.putObject("rejects").put("uri", rejects);
        }
    }
}
