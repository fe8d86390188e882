package io.filejob.csv;

/** Physical line breaks: LF, CR LF and CR. */
final class LineBreaks {
    private LineBreaks() {}

    /** Returns the index of the first CR or LF in {@code bytes[from, to)}, or {@code to}. */
    static int next(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && bytes[p] != '\n' && bytes[p] != '\r') {
            p++;
        }
        return p;
    }

    /**
     * Returns the last line start in {@code (from, to]} that is certain from {@code bytes[from, to)} alone, else {@code
     * from}.
     */
    static int lastLineStart(byte[] bytes, int from, int to) {
        for (int p = to; p > from; p--) {
            byte before = bytes[p - 1];
            if (before == '\n' || (before == '\r' && p < to && bytes[p] != '\n')) {
                return p;
            }
        }
        return from;
    }

    /** Returns the number of line breaks in {@code bytes[from, to)}, which must not cut a CR LF in two. */
    static long count(byte[] bytes, int from, int to) {
        long breaks = 0;
        for (int p = from; p < to; p++) {
            byte b = bytes[p];
            if (b == '\n' || (b == '\r' && (p + 1 == to || bytes[p + 1] != '\n'))) {
                breaks++;
            }
        }
        return breaks;
    }
}
