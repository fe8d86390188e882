package io.filejob.engine;

import io.filejob.bytes.ByteList;
import io.filejob.csv.ByteSource;
import io.filejob.file.Folder;
import io.filejob.group.PackedRows;
import io.filejob.ledger.LostPartialException;
import io.filejob.ledger.ReducedPartial;
import io.filejob.ledger.RejectsFile;
import io.filejob.output.RowOutput;
import io.filejob.storage.compression.SourceStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/** Reads the file with one range of keys that a reduce slice has written. */
public final class PartFile {
    private static final int BUFFER = 256 << 10;

    private PartFile() {}

    /** Copies all bytes and checks their checksum. */
    public static void copy(Folder partials, ReducedPartial part, RowOutput.Bytes target) {
        copy(partials, Objects.requireNonNull(part.part()), part.bytes(), part.checksum(), target);
    }

    /** Throws {@link LostPartialException} unless the file is as it was written. */
    public static void check(Folder partials, RejectsFile file) {
        copy(partials, file.name(), file.bytes(), file.checksum(), (part, offset, count) -> {});
    }

    /** Returns the content of a small file, after a check of its size and CRC-32C. */
    public static byte[] read(Folder partials, String name, long bytes, long checksum) {
        ByteList content = new ByteList(1 << 10);
        copy(partials, name, bytes, checksum, (part, offset, count) -> content.put(part, offset, offset + count));
        return content.toArray();
    }

    private static void copy(Folder partials, String name, long bytes, long expected, RowOutput.Bytes target) {
        byte[] buffer = new byte[BUFFER];
        CRC32C checksum = new CRC32C();
        try (ByteSource source = partials.open(name)) {
            source.expect(0, source.size());
            long place = 0;
            while (place < source.size()) {
                int count = source.read(place, buffer, 0, buffer.length);
                if (count < 0) {
                    break;
                }
                checksum.update(buffer, 0, count);
                target.write(buffer, 0, count);
                place += count;
            }
            if (place != bytes || checksum.getValue() != expected) {
                throw damaged(partials, name);
            }
        } catch (IOException e) {
            throw new LostPartialException(name, "the file " + partials.location(name) + " cannot be read", e);
        }
    }

    /** Passes all packed rows to {@code target}; their checksum is checked after the last one. */
    public static void rows(Folder partials, ReducedPartial part, PackedRows.RowReceiver target) {
        String name = Objects.requireNonNull(part.part());
        CRC32C checksum = new CRC32C();
        try (ByteSource source = partials.open(name)) {
            source.expect(0, source.size());
            InputStream in =
                    new BufferedInputStream(new CheckedInputStream(new SourceStream(source), checksum), BUFFER);
            PackedRows.read(in, part.bytes(), target);
            if (source.size() != part.bytes() || checksum.getValue() != part.checksum()) {
                throw damaged(partials, name);
            }
        } catch (EOFException e) {
            throw damaged(partials, name);
        } catch (IOException e) {
            throw new LostPartialException(name, "the file " + partials.location(name) + " cannot be read", e);
        }
    }

    private static LostPartialException damaged(Folder partials, String name) {
        return new LostPartialException(
                name,
                "the file " + partials.location(name) + " is damaged: its length or checksum does not match",
                null);
    }
}
