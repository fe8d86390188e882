package io.filejob.engine;

import io.filejob.csv.ByteSource;
import java.io.IOException;

/** Counts physical line ends (LF, CRLF or CR) from the beginning of a file, for the one record that fails a job. */
public final class LineCount {
    private LineCount() {}

    /** Returns the number of line ends before byte {@code offset} of {@code source}, where a record begins. */
    public static long before(ByteSource source, long offset) throws IOException {
        source.expect(0, offset);
        byte[] buffer = new byte[1 << 16];
        long count = 0;
        long left = offset;
        boolean afterCr = false;
        while (left > 0) {
            int read = source.read(offset - left, buffer, 0, (int) Math.min(buffer.length, left));
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
    }
}
