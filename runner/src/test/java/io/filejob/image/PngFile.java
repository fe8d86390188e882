package io.filejob.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A PNG file that is written by hand, of any kind of pixels and with any chunks. */
final class PngFile {
    static final int GREY = 0;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int RGBA = 6;

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    PngFile(int width, int height, int bits, int colours) {
        bytes.writeBytes(SIGNATURE);
        chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) bits)
                        .put((byte) colours)
                        .array());
    }

    PngFile chunk(String type, byte[] data) {
        byte[] name = type.getBytes(ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        bytes.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        bytes.writeBytes(name);
        bytes.writeBytes(data);
        bytes.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
        return this;
    }

    PngFile profile(byte[] profile) {
        byte[] packed = deflated(profile);
        return chunk(
                "iCCP",
                ByteBuffer.allocate(3 + packed.length)
                        .put((byte) 'p')
                        .putShort((short) 0)
                        .put(packed)
                        .array());
    }

    /** Ends the file with rows of {@code rowBytes} each. */
    byte[] rows(byte[] samples, int rowBytes) {
        ByteArrayOutputStream filtered = new ByteArrayOutputStream();
        for (int at = 0; at < samples.length; at += rowBytes) {
            filtered.write(0);
            filtered.write(samples, at, rowBytes);
        }
        return end(filtered.toByteArray());
    }

    /** Ends the file with rows that begin with the number of their filter. */
    byte[] end(byte[] filtered) {
        chunk("IDAT", deflated(filtered));
        chunk("IEND", new byte[0]);
        return bytes.toByteArray();
    }

    private static byte[] deflated(byte[] data) {
        try (Deflater deflater = new Deflater(1)) {
            deflater.setInput(data);
            deflater.finish();
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 16];
            while (!deflater.finished()) {
                packed.write(buffer, 0, deflater.deflate(buffer));
            }
            return packed.toByteArray();
        }
    }
}
