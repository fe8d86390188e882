package io.filejob.storage.compression;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Unpacks RFC 8878: all frames, one after the other, including skippable ones. Errors in them are {@link IOException}s.
 */
final class ZstdStream extends BlockStream {
    private static final int IN_BYTES = 64 << 10;
    private static final int OUT_BYTES = 128 << 10;

    private final PackedBytes packed;
    private final ZstdDecompressCtx context;
    private final ByteBuffer in = ByteBuffer.allocateDirect(IN_BYTES).flip();
    private final ByteBuffer out = ByteBuffer.allocateDirect(OUT_BYTES).flip();
    private boolean inFrame;

    ZstdStream(PackedBytes packed) {
        ZstdLibrary.load();
        this.packed = packed;
        this.context = new ZstdDecompressCtx();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!out.hasRemaining()) {
            if (!inFrame && !begin()) {
                return -1;
            }
            decompress();
        }
        int count = Math.min(length, out.remaining());
        out.get(bytes, offset, count);
        return count;
    }

    /** Checks the header of the next frame; returns false at the end of the data. */
    private boolean begin() throws IOException {
        fill(ZstdFrame.MAX_HEADER);
        if (!in.hasRemaining()) {
            return false;
        }
        ZstdFrame.check(in);
        inFrame = true;
        return true;
    }

    private void decompress() throws IOException {
        fill(1);
        int before = in.remaining();
        out.clear();
        boolean finished;
        try {
            finished = context.decompressDirectByteBufferStream(out, in);
        } catch (ZstdException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            out.flip();
        }
        inFrame = !finished;
        if (inFrame && before == 0 && !out.hasRemaining()) {
            throw new EOFException("it ends too early");
        }
    }

    /** Reads until {@code count} bytes are buffered or the data ends. */
    private void fill(int count) {
        if (in.remaining() >= count) {
            return;
        }
        in.compact();
        byte[] bytes = new byte[in.remaining()];
        int read = 0;
        while (in.position() < count && read >= 0) {
            read = packed.read(bytes, 0, in.remaining());
            in.put(bytes, 0, Math.max(0, read));
        }
        in.flip();
    }

    @Override
    public void close() {
        context.close();
    }
}
