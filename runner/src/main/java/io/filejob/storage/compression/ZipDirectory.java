package io.filejob.storage.compression;

import io.filejob.csv.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The list of files at the end of a ZIP archive, according to PKWARE's APPNOTE. */
final class ZipDirectory {
    private static final int END = 0x06054B50;
    private static final int END_LENGTH = 22;
    private static final int MAX_COMMENT = 0xFFFF;
    private static final int LOCATOR = 0x07064B50;
    private static final int LOCATOR_LENGTH = 20;
    private static final int LONG_END = 0x06064B50;
    private static final int LONG_END_LENGTH = 56;
    private static final int ENTRY = 0x02014B50;
    private static final int ENTRY_LENGTH = 46;
    private static final long IN_LONG_END = 0xFFFFFFFFL;
    /** The maximum size of a directory that is read, in bytes: that of some folders around a file. */
    private static final int MAX_LENGTH = 1 << 20;

    private static final String METADATA_OF_MACOS = "__MACOSX/";

    private ZipDirectory() {}

    /**
     * Returns whether an archive has exactly one file, before which there are folders only. Files with attributes that
     * macOS adds do not count. False for archives that are damaged, or whose size is unknown.
     */
    static boolean hasOneFile(ByteSource archive) throws IOException {
        if (archive.size() < END_LENGTH) {
            return false;
        }
        long from = Math.max(0, archive.size() - END_LENGTH - MAX_COMMENT);
        ByteBuffer tail = read(archive, from, (int) (archive.size() - from));
        for (int at = tail.limit() - END_LENGTH; at >= 0; at--) {
            if (tail.getInt(at) == END && at + END_LENGTH + unsigned(tail, at + 20) == tail.limit()) {
                return hasOneFile(archive, tail, from, at);
            }
        }
        return false;
    }

    private static boolean hasOneFile(ByteSource archive, ByteBuffer tail, long from, int end) throws IOException {
        long length = Integer.toUnsignedLong(tail.getInt(end + 12));
        long offset = Integer.toUnsignedLong(tail.getInt(end + 16));
        int locator = end - LOCATOR_LENGTH;
        if ((length == IN_LONG_END || offset == IN_LONG_END) && locator >= 0 && tail.getInt(locator) == LOCATOR) {
            long longEnd = tail.getLong(locator + 8);
            if (longEnd < 0 || longEnd > from + locator - LONG_END_LENGTH) {
                return false;
            }
            ByteBuffer record = read(archive, longEnd, LONG_END_LENGTH);
            if (record.getInt(0) != LONG_END) {
                return false;
            }
            length = record.getLong(40);
            offset = record.getLong(48);
        }
        return length >= 0
                && length <= MAX_LENGTH
                && offset >= 0
                && offset <= archive.size() - length
                && hasOneFile(read(archive, offset, (int) length));
    }

    private static boolean hasOneFile(ByteBuffer entries) {
        long file = -1;
        long firstOther = Long.MAX_VALUE;
        int at = 0;
        while (at + ENTRY_LENGTH <= entries.limit() && entries.getInt(at) == ENTRY) {
            int nameLength = unsigned(entries, at + 28);
            int next = at + ENTRY_LENGTH + nameLength + unsigned(entries, at + 30) + unsigned(entries, at + 32);
            if (next > entries.limit()) {
                return false;
            }
            long header = Integer.toUnsignedLong(entries.getInt(at + 42));
            String name = name(entries, at + ENTRY_LENGTH, nameLength);
            if (name.startsWith(METADATA_OF_MACOS)) {
                firstOther = Math.min(firstOther, header);
            } else if (!name.endsWith("/")) {
                if (file >= 0) {
                    return false;
                }
                file = header;
            }
            at = next;
        }
        return file >= 0 && file < firstOther && at == entries.limit();
    }

    /** Names are compared with ASCII texts only. */
    private static String name(ByteBuffer entries, int at, int length) {
        byte[] bytes = new byte[length];
        entries.get(at, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static int unsigned(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private static ByteBuffer read(ByteSource archive, long from, int length) throws IOException {
        archive.expect(from, from + length);
        byte[] bytes = new byte[length];
        int done = 0;
        while (done < length) {
            int count = archive.read(from + done, bytes, done, length - done);
            if (count < 0) {
                throw new IOException("it ends at byte " + (from + done));
            }
            done += count;
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
