package io.filejob.csv;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Formats other than text, recognized by their first bytes. */
final class BinaryFormat {
    /** Number of bytes at the start of a file that are enough to recognize its format. */
    static final int LENGTH = 512;

    private static final String UNPACK = "decompress it first";
    private static final String EXTRACT = "extract its files first";
    private static final String EXPORT = "export it as CSV first";
    private static final String SET_ENCODING = "set spec.input.format.csv.encoding to UTF-16";
    private static final String CONVERT = "convert it to UTF-8 first";

    private static final List<Signature> SIGNATURES = List.of(
            hex("1F8B", "compressed by gzip", "name it .gz, or " + UNPACK),
            hex("28B52FFD", "compressed by zstd", "name it .zst, or " + UNPACK),
            hex("5?2A4D18", "compressed by zstd", "name it .zst, or " + UNPACK),
            hex("504B0304", "a ZIP archive, such as XLSX", EXTRACT),
            hex("504B0506", "a ZIP archive, such as XLSX", EXTRACT),
            hex("504B0708", "a ZIP archive, such as XLSX", EXTRACT),
            hex("FD377A585A00", "compressed by xz", UNPACK),
            text("BZh?1AY&SY", 0, "compressed by bzip2", UNPACK),
            hex("425A68??177245385090", "compressed by bzip2", UNPACK),
            hex("04224D18", "compressed by lz4", UNPACK),
            hex("FF060000734E61507059", "compressed by snappy", UNPACK),
            hex("1F9D", "compressed by compress", UNPACK),
            hex("1FA0", "compressed by compress", UNPACK),
            hex("4C5A495001", "compressed by lzip", UNPACK),
            hex("894C5A4F000D0A1A0A", "compressed by lzop", UNPACK),
            hex("5D0000????????????????00", "compressed by lzma", UNPACK),
            hex("377ABCAF271C", "a 7z archive", EXTRACT),
            hex("526172211A07", "a RAR archive", EXTRACT),
            text("ustar", 257, "a tar archive", EXTRACT),
            text("PAR1", 0, "Parquet", EXPORT),
            text("PARE", 0, "Parquet", EXPORT),
            text("ORC", 0, "ORC", EXPORT),
            text("FEA1", 0, "Feather", EXPORT),
            text("ARROW1", 0, "Arrow", EXPORT),
            hex("4F626A01", "Avro", EXPORT),
            text("SQLite format 3", 0, "an SQLite database", EXPORT),
            hex("894844460D0A1A0A", "HDF5", EXPORT),
            hex("D0CF11E0A1B11AE1", "a document of Excel or Word", EXPORT),
            text("%PDF-", 0, "PDF", EXPORT),
            text("GIF8", 0, "an image", EXPORT),
            hex("89504E470D0A1A0A", "an image", EXPORT),
            hex("FFD8FF", "an image", EXPORT),
            hex("7F454C46", "a program", EXPORT),
            hex("0000FEFF", "UTF-32", CONVERT),
            hex("FFFE", "UTF-16", SET_ENCODING),
            hex("FEFF", "UTF-16", SET_ENCODING));

    private BinaryFormat() {}

    /**
     * Bytes at a fixed offset that identify a format.
     *
     * @param pattern half bytes in hexadecimal, {@code ?} for any
     * @param printable whether text may begin in the same way; the signature then matches only if a control character
     *     is found near the beginning
     */
    private record Signature(String pattern, int offset, boolean printable, String name, String remedy) {
        boolean matches(byte[] bytes, int length) {
            int count = pattern.length() / 2;
            if (offset + count > length) {
                return false;
            }
            for (int i = 0; i < pattern.length(); i++) {
                int b = bytes[offset + i / 2];
                int half = i % 2 == 0 ? (b >> 4) & 0xF : b & 0xF;
                if (pattern.charAt(i) != '?' && Character.digit(pattern.charAt(i), 16) != half) {
                    return false;
                }
            }
            return !printable || hasControl(bytes, 0, length);
        }
    }

    private static Signature hex(String pattern, String name, String remedy) {
        return new Signature(pattern, 0, false, name, remedy);
    }

    private static Signature text(String text, int offset, String name, String remedy) {
        String pattern = HexFormat.of()
                .formatHex(text.getBytes(StandardCharsets.US_ASCII))
                .replace("3f", "??");
        return new Signature(pattern, offset, true, name, remedy);
    }

    /**
     * Returns why {@code bytes[0, length)}, the beginning of a file, cannot be text, with a remedy; empty if it can be
     * text.
     */
    static Optional<String> of(byte[] bytes, int length) {
        return SIGNATURES.stream()
                .filter(signature -> signature.matches(bytes, length))
                .findFirst()
                .map(found -> "its content is " + found.name() + ", and only text in UTF-8 is read: " + found.remedy());
    }

    /** Returns whether {@code bytes[from, to)} contains a control character that does not occur in text. */
    static boolean hasControl(byte[] bytes, int from, int to) {
        return control(bytes, from, to) >= 0;
    }

    /**
     * Returns the index of the first control character in {@code bytes[from, to)} that does not occur in text, or -1.
     */
    static int control(byte[] bytes, int from, int to) {
        for (int p = from; p < to; p++) {
            int b = bytes[p] & 0xFF;
            if (b < '\t' || (b > '\r' && b < ' ')) {
                return p;
            }
        }
        return -1;
    }
}
