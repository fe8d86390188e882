package io.filejob.op;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import io.filejob.storage.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Counts physical line ends (LF, CRLF or CR) from the beginning of a file: for the one record that fails a job. */
final class LineCount {
    private LineCount() {}

    /** How many end before byte {@code offset} of {@code file}, where a record begins. */
    static long before(Path file, long offset) {
        byte[] buffer = new byte[1 << 16];
        long count = 0;
        long left = offset;
        boolean afterCr = false;
        try (InputStream in = Files.newInputStream(file)) {
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    break;
                }
                for (int i = 0; i < read; i++) {
                    byte b = buffer[i];
                    if (b == '\r' || (b == '\n' && !afterCr)) {
                        count++;
                    }
                    afterCr = b == '\r';
                }
                left -= read;
            }
            return count;
        } catch (IOException e) {
            throw new JobFailure(ExitCode.NO_INPUT, "input " + file + " cannot be read: " + IoReason.of(e), e);
        }
    }
}
