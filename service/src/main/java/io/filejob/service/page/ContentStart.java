package io.filejob.service.page;

import io.filejob.service.job.Content;
import io.filejob.service.job.Content.PodContent;
import io.filejob.service.job.Content.ReadableContent;
import io.filejob.service.job.Content.RedirectedContent;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads the beginning of a result; the rest of a file of any size is not touched. */
final class ContentStart {
    private static final int BYTES = 64 << 10;

    private ContentStart() {}

    /** Returns the first rows of {@code content}, which has {@code total} rows; may start a pod to read it. */
    static CsvPreview csv(Content content, long total) {
        return switch (content) {
            case ReadableContent file -> read(file, total);
            case RedirectedContent redirected -> {
                if (redirected.source() == null) {
                    throw new ProblemException(
                            ProblemType.CONFLICT,
                            redirected.fileName() + " is in object storage; download it to see its rows");
                }
                yield read(redirected.source().find(), total);
            }
            case PodContent file -> read(file.source().find(), total);
        };
    }

    private static CsvPreview read(ReadableContent file, long total) {
        try (InputStream in = file.open(0, Math.min(BYTES, file.size()))) {
            // A character that is cut at the end belongs to the last record, which is left out.
            String text = new String(in.readNBytes(BYTES), StandardCharsets.UTF_8);
            return CsvPreview.parse(text, file.size() <= BYTES, total);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, file.fileName() + " cannot be read; try to download it");
        }
    }
}
