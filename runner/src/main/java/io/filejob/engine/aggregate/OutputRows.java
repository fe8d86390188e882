package io.filejob.engine.aggregate;

import io.filejob.engine.OutputFiles;
import io.filejob.output.RowOutput;

/** Writes CSV rows to the files of an output, the same number of rows to each. For one thread. */
final class OutputRows implements RowOutput.Bytes {
    private final OutputFiles files;
    private final byte[] header;
    private final long rows;
    private final int parts;
    private int begun;
    private long written;
    private boolean quoted;

    /** Creates a writer; {@code header} is empty if there is none; {@code rows} is the total number of rows. */
    OutputRows(OutputFiles files, byte[] header, long rows, int parts) {
        this.files = files;
        this.header = header;
        this.rows = rows;
        this.parts = parts;
        beginNext();
    }

    private void beginNext() {
        files.begin();
        begun++;
        files.write(header, 0, header.length);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        if (parts == 1) {
            files.write(bytes, from, length);
            return;
        }
        int start = from;
        for (int p = from; p < from + length; p++) {
            quoted ^= bytes[p] == '"';
            if (bytes[p] == '\n' && !quoted) {
                written++;
                while (begun < parts && written >= rows * begun / parts) {
                    files.write(bytes, start, p + 1 - start);
                    start = p + 1;
                    beginNext();
                }
            }
        }
        files.write(bytes, start, from + length - start);
    }

    /** Begins the remaining files, since each file has a header. */
    void finish() {
        while (begun < parts) {
            beginNext();
        }
    }
}
