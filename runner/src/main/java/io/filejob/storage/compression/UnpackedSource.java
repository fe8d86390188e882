package io.filejob.storage.compression;

import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.plan.Compression;
import java.io.IOException;
import java.io.InputStream;

/** The unpacked content of another source, read from beginning to end. */
public final class UnpackedSource implements ByteSource {
    private final ByteSource packed;
    private final PackedBytes bytes;
    private final InputStream unpacked;
    private long position;

    private UnpackedSource(ByteSource packed, PackedBytes bytes, InputStream unpacked) {
        this.packed = packed;
        this.bytes = bytes;
        this.unpacked = unpacked;
    }

    /**
     * Returns the unpacked content of {@code packed}, or {@code packed} itself if it is not compressed or is empty.
     * Closing the result closes {@code packed}.
     */
    public static ByteSource of(ByteSource packed, Compression compression) {
        if (packed.size() == 0) {
            return packed;
        }
        PackedBytes bytes = new PackedBytes(packed);
        return switch (compression) {
            case NONE -> packed;
            case GZIP -> new UnpackedSource(packed, bytes, new GzipStream(bytes));
            case ZSTD -> new UnpackedSource(packed, bytes, new ZstdStream(bytes));
            case ZIP -> new UnpackedSource(packed, bytes, new ZipStream(bytes));
        };
    }

    @Override
    public String name() {
        return packed.name();
    }

    @Override
    public long size() {
        return UNKNOWN;
    }

    @Override
    public int read(long from, byte[] target, int offset, int length) {
        if (from < position) {
            throw new IllegalStateException(name() + " is at byte " + position + ", and " + from + " is asked for");
        }
        try {
            if (from > position) {
                unpacked.skipNBytes(from - position);
                position = from;
            }
            int read = unpacked.read(target, offset, length);
            position += Math.max(0, read);
            return read;
        } catch (ZstdFrame.LargeWindowException e) {
            throw new JobFailedException(ExitCode.BAD_INPUT, name() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.BAD_INPUT,
                    name() + ": it is cut off or damaged, and cannot be unpacked after byte " + position + ": "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public long stored(long end) {
        return bytes.position();
    }

    /** Expects all of the packed bytes, since the packed offset of an unpacked part is unknown. */
    @Override
    public void expect(long from, long to) {
        packed.expect(0, packed.size() == UNKNOWN ? Long.MAX_VALUE : packed.size());
    }

    @Override
    public void checkUnchanged() {
        packed.checkUnchanged();
    }

    @Override
    public void close() throws IOException {
        try (packed) {
            unpacked.close();
        }
    }
}
