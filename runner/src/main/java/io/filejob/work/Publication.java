package io.filejob.work;

import io.filejob.job.Coverage;
import io.filejob.job.PublishedPartial;
import io.filejob.job.SliceResult;
import io.filejob.job.Stage;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import io.filejob.model.Json;
import io.filejob.model.RowCounts;
import io.filejob.op.Average;
import io.filejob.storage.AtomicFile;
import io.filejob.storage.IoReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The slice that writes the merged result to its file: the same bytes whoever writes them, and however often. */
final class Publication {
    private Publication() {}

    static SliceResult run(Stage stage, Coverage coverage, Path output, String attempt) {
        Stage map = coverage.plan().stages().getFirst();
        byte[] content = Average.of(coverage.partials(map)).csv().getBytes(StandardCharsets.UTF_8);
        try {
            AtomicFile.write(output, content, attempt);
        } catch (IOException e) {
            throw new JobFailure(
                    ExitCode.NO_OUTPUT, "the output " + output + " cannot be written: " + IoReason.of(e), e);
        }
        return new SliceResult(
                stage.first(),
                0,
                0,
                true,
                0,
                0,
                RowCounts.NONE,
                List.of(),
                null,
                new PublishedPartial(content.length, Json.digest(content)));
    }
}
