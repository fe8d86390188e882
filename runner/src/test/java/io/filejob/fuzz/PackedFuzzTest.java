package io.filejob.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.plan.InputFile;
import io.filejob.storage.Storage;
import io.filejob.storage.compression.SourceStream;
import io.filejob.testing.fuzz.FuzzRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compressed files with any combination of members decompress to the original bytes; damaged ones are refused by name.
 */
@Timeout(900)
final class PackedFuzzTest {
    private static final byte[] NOTHING = {};

    @TempDir
    private Path folder;

    @Test
    void gzip() throws Exception {
        FuzzRun.repeat("gzip", random -> {
            List<byte[]> contents = contents(random);
            List<byte[]> members = new ArrayList<>();
            for (byte[] content : contents) {
                members.add(gzip(random, content));
            }
            byte[] packed = RandomBytes.join(members.toArray(byte[][]::new));
            if (random.nextInt(3) > 0) {
                byte[] zeros = random.nextInt(4) == 0 ? new byte[random.nextInt(600)] : NOTHING;
                assertThat(unpacked("gz", RandomBytes.join(packed, zeros))).hasValue(all(contents, contents.size()));
                return;
            }
            // Every member has a checksum, so an accepted file yields all members or the first ones.
            byte[] damaged = RandomBytes.damaged(random, packed);
            Optional<byte[]> unpacked = unpacked("gz", damaged);
            if (unpacked.isPresent()) {
                assertThat(isGzip(damaged) ? prefixes(contents) : List.of(damaged))
                        .as("a file without gzip's mark is read as it is if it is text")
                        .anyMatch(prefix -> Arrays.equals(prefix, unpacked.get()));
            }
        });
    }

    @Test
    void zstd() throws Exception {
        FuzzRun.repeat("zstd", random -> {
            List<byte[]> contents = contents(random);
            List<byte[]> frames = new ArrayList<>();
            for (byte[] content : contents) {
                if (random.nextInt(4) == 0) {
                    frames.add(skippable(random));
                }
                frames.add(zstd(random, content));
            }
            byte[] packed = RandomBytes.join(frames.toArray(byte[][]::new));
            if (random.nextInt(3) == 0) {
                assertThat(unpacked("zst", packed)).hasValue(all(contents, contents.size()));
            } else {
                unpacked("zst", RandomBytes.damaged(random, packed));
            }
        });
    }

    private static boolean isGzip(byte[] bytes) {
        return bytes.length >= 2 && bytes[0] == 0x1F && (bytes[1] & 0xFF) == 0x8B;
    }

    /** Returns the decompressed bytes; empty if the file is refused as bad input, with its name. */
    private Optional<byte[]> unpacked(String kind, byte[] packed) throws IOException {
        Path path = Files.write(folder.resolve("file." + kind), packed);
        Storage storage = new Storage(folder);
        InputFile file = storage.list(List.of("file." + kind)).getFirst();
        try (ByteSource source = storage.open(file)) {
            return Optional.of(new SourceStream(source).readNBytes(64 << 20));
        } catch (JobFailedException e) {
            assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(e).hasMessageContaining(path.toString());
            return Optional.empty();
        }
    }

    private static List<byte[]> contents(SplittableRandom random) {
        List<byte[]> contents = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            contents.add(content(random));
        }
        return contents;
    }

    private static byte[] content(SplittableRandom random) {
        byte[] some = RandomBytes.any(random);
        byte[] repeated = new byte[random.nextInt(5) == 0 ? some.length * random.nextInt(200) : 0];
        for (int i = 0; i < repeated.length; i++) {
            repeated[i] = some[i % some.length];
        }
        return RandomBytes.join(some, repeated);
    }

    private static byte[] all(List<byte[]> contents, int count) {
        return RandomBytes.join(contents.subList(0, count).toArray(byte[][]::new));
    }

    private static List<byte[]> prefixes(List<byte[]> contents) {
        List<byte[]> prefixes = new ArrayList<>();
        for (int count = 0; count <= contents.size(); count++) {
            prefixes.add(all(contents, count));
        }
        return prefixes;
    }

    private static byte[] gzip(SplittableRandom random, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (random.nextBoolean()) {
            try (OutputStream out = new GZIPOutputStream(bytes)) {
                out.write(content);
            }
            return bytes.toByteArray();
        }
        int flags = random.nextInt(16) << 1;
        bytes.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, (byte) flags, 1, 2, 3, 4, 0, 3});
        if ((flags & 4) != 0) {
            bytes.writeBytes(new byte[] {3, 0, 'a', 0, 'b'});
        }
        if ((flags & 8) != 0) {
            bytes.writeBytes(new byte[] {'n', 'a', 'm', 'e', 0});
        }
        if ((flags & 16) != 0) {
            bytes.writeBytes(new byte[] {'c', 0});
        }
        if ((flags & 2) != 0) {
            CRC32 crc = new CRC32();
            crc.update(bytes.toByteArray());
            bytes.write((int) crc.getValue());
            bytes.write((int) (crc.getValue() >> 8));
        }
        Deflater deflater = new Deflater(random.nextInt(10), true);
        deflater.setInput(content);
        deflater.finish();
        byte[] buffer = new byte[content.length + 1000];
        bytes.write(buffer, 0, deflater.deflate(buffer));
        deflater.end();
        CRC32 crc = new CRC32();
        crc.update(content);
        for (long value : new long[] {crc.getValue(), content.length}) {
            for (int shift = 0; shift < 32; shift += 8) {
                bytes.write((int) (value >> shift));
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] zstd(SplittableRandom random, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(bytes, 1 + random.nextInt(9))) {
            out.setChecksum(random.nextBoolean());
            if (random.nextInt(10) == 0) {
                out.setLong(27);
            }
            if (random.nextBoolean()) {
                out.setCloseFrameOnFlush(true);
                out.write(content, 0, content.length / 2);
                out.flush();
                out.write(content, content.length / 2, content.length - content.length / 2);
            } else {
                out.write(content);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] skippable(SplittableRandom random) {
        int length = random.nextInt(300);
        byte[] header = {(byte) (0x50 + random.nextInt(16)), 0x2A, 0x4D, 0x18, (byte) length, (byte) (length >> 8), 0, 0
        };
        return RandomBytes.join(header, new byte[length]);
    }
}
