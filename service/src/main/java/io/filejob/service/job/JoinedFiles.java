package io.filejob.service.job;

import io.filejob.security.Sha256;
import io.filejob.service.job.Content.ReadableContent;
import io.filejob.service.job.Content.StreamedContent;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The CSV files of an output as one file: all rows in order, with one header. These are the bytes that a job with one output
 * file writes. Files are opened when they are read.
 */
public final class JoinedFiles {
    private static final int MAX_HEADER = 1 << 20;

    private final List<Segment> segments;

    /**
     * The part of the joined file that one file has.
     *
     * @param file the file
     * @param skipped the number of bytes at its beginning that are left out
     * @param start the offset in the joined file
     * @param length the number of bytes
     */
    private record Segment(ReadableContent file, long skipped, long start, long length) {}

    private JoinedFiles(List<Segment> segments) {
        this.segments = segments;
    }

    /**
     * Returns {@code files} as one file.
     *
     * @param fileName the name of the joined file
     * @param hasHeader whether each file begins with the same header record
     */
    public static StreamedContent of(String fileName, List<? extends ReadableContent> files, boolean hasHeader)
            throws IOException {
        long header = hasHeader ? headerBytes(files.getFirst()) : 0;
        List<Segment> segments = new ArrayList<>();
        StringBuilder versions = new StringBuilder();
        long start = 0;
        for (ReadableContent file : files) {
            long skipped = segments.isEmpty() ? 0 : header;
            long length = file.size() - skipped;
            if (length < 0) {
                throw new FileNotFoundException(file.fileName() + " is shorter than its header");
            }
            segments.add(new Segment(file, skipped, start, length));
            versions.append(file.size()).append(' ').append(file.version()).append('\n');
            start += length;
        }
        return new StreamedContent(
                fileName,
                files.getFirst().mediaType(),
                start,
                Sha256.of(versions.toString().getBytes(StandardCharsets.UTF_8)),
                new JoinedFiles(List.copyOf(segments))::open);
    }

    /** Returns the length of the first record, which may have line ends in quotes. */
    private static long headerBytes(ReadableContent file) throws IOException {
        byte[] beginning;
        try (InputStream in = file.open(0, Math.min(MAX_HEADER, file.size()))) {
            beginning = in.readAllBytes();
        }
        boolean isQuoted = false;
        for (int i = 0; i < beginning.length; i++) {
            if (beginning[i] == '"') {
                isQuoted = !isQuoted;
            } else if (beginning[i] == '\n' && !isQuoted) {
                return i + 1L;
            }
        }
        throw new FileNotFoundException(file.fileName() + " has no header");
    }

    private InputStream open(long offset, long length) {
        Iterator<Segment> needed = segments.stream()
                .filter(segment -> segment.length() > 0
                        && segment.start() < offset + length
                        && segment.start() + segment.length() > offset)
                .iterator();
        return new SegmentStream(needed, offset, offset + length);
    }

    /** The bytes between two offsets of the joined file; at most one file is open at a time. */
    private static final class SegmentStream extends InputStream {
        private final Iterator<Segment> segments;
        private final long from;
        private final long to;
        private InputStream current = InputStream.nullInputStream();

        SegmentStream(Iterator<Segment> segments, long from, long to) {
            this.segments = segments;
            this.from = from;
            this.to = to;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = current.read(bytes, offset, length);
            while (count < 0 && segments.hasNext()) {
                current.close();
                current = open(segments.next());
                count = current.read(bytes, offset, length);
            }
            return count;
        }

        private InputStream open(Segment segment) throws IOException {
            long first = Math.max(0, from - segment.start());
            long end = Math.min(segment.length(), to - segment.start());
            return segment.file().open(segment.skipped() + first, end - first);
        }

        @Override
        public void close() throws IOException {
            current.close();
        }
    }
}
