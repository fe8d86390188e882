package io.filejob.service.page;

import io.filejob.service.job.Content;
import io.filejob.service.job.Content.LocalContent;
import io.filejob.service.job.Content.RedirectedContent;
import io.filejob.service.job.Content.StreamedContent;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Reads the beginning of a result; the rest of a file of any size is not touched. */
final class ContentStart {
    private static final int BYTES = 64 << 10;

    private ContentStart() {}

    /** Returns the first rows of {@code content}, which has {@code total} rows. */
    static CsvPreview csv(Content content, long total) {
        try {
            return switch (content) {
                case LocalContent local -> {
                    try (InputStream in = Files.newInputStream(local.file())) {
                        yield read(in, Files.size(local.file()), total);
                    }
                }
                case StreamedContent streamed -> {
                    try (InputStream in = streamed.source().open(0, Math.min(BYTES, streamed.size()))) {
                        yield read(in, streamed.size(), total);
                    }
                }
                case RedirectedContent redirected ->
                    throw new ProblemException(
                            ProblemType.CONFLICT,
                            redirected.fileName() + " is in object storage; download it to see its rows");
            };
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, content.fileName() + " cannot be read; try to download it");
        }
    }

    private static CsvPreview read(InputStream in, long size, long total) throws IOException {
        // A character that is cut at the end belongs to the last record, which is left out.
        String text = new String(in.readNBytes(BYTES), StandardCharsets.UTF_8);
        return CsvPreview.parse(text, size <= BYTES, total);
    }
}
