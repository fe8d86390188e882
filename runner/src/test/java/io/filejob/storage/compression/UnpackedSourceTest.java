package io.filejob.storage.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.plan.InputFile;
import io.filejob.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packed files as input. */
public final class UnpackedSourceTest {
    @TempDir
    private Path folder;

    private byte[] text;

    @BeforeEach
    void text() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            all.append(i * 7919L % 100_003).append(",some text\n");
        }
        text = all.toString().getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void whatWasPackedComesOut(String kind) throws IOException {
        assertThat(unpack(kind, pack(kind, text))).isEqualTo(text);
        assertThat(unpack(kind, pack(kind, new byte[0]))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void severalPackedOneAfterTheOtherAreOneFile(String kind) throws IOException {
        byte[] half = Arrays.copyOf(text, text.length / 2);
        byte[] rest = Arrays.copyOfRange(text, half.length, text.length);
        byte[] both = join(pack(kind, half), pack(kind, new byte[0]), pack(kind, rest));
        assertThat(unpack(kind, both)).isEqualTo(text);
    }

    @Test
    void zerosThatFillABlockAreNothing() throws IOException {
        assertThat(unpack("gz", join(pack("gz", text), new byte[600]))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void aFileWithoutAByteIsEmpty(String kind) throws IOException {
        assertThat(unpack(kind, new byte[0])).isEmpty();
    }

    /** A truncated packed file is never treated as complete, except if it is cut between two members. */
    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void whatIsCutOffIsNamed(String kind) throws IOException {
        byte[] whole =
                join(pack(kind, "first\n".getBytes(StandardCharsets.UTF_8)), pack(kind, Arrays.copyOf(text, 300)));
        int first = pack(kind, "first\n".getBytes(StandardCharsets.UTF_8)).length;
        for (int length = 1; length < whole.length; length++) {
            if (length != first) {
                assertBad(kind, Arrays.copyOf(whole, length));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void whatIsDamagedIsNamed(String kind) throws IOException {
        byte[] packed = pack(kind, text);
        for (int part = 1; part < 8; part++) {
            byte[] bad = packed.clone();
            bad[part * packed.length / 8] ^= 0x40;
            assertBad(kind, bad);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void whatIsNeitherPackedNorTextIsNamed(String kind) {
        assertBad(kind, join(new byte[] {1}, text));
    }

    @Test
    void windowsUpTo128MiBAndSkippableFramesAreRead() throws IOException {
        byte[] skippable = {0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3};
        for (int windowLog : new int[] {23, 24, 27}) {
            byte[] packed = packWithWindow(windowLog);
            assertThat(unpack("zst", join(skippable, packed, skippable, packed)))
                    .isEqualTo(join(text, text));
        }
        assertThat(unpack("zst", skippable)).isEmpty();
    }

    @Test
    void largerWindowIsNamedWithItsSize() throws IOException {
        byte[] larger = packWithWindow(27);
        // The library does not write a larger window: RFC 8878, section 3.1.1.1.2.
        larger[5] = (byte) ((28 - 10) << 3);
        for (byte[] packed : List.of(larger, join(pack("zst", text), larger))) {
            assertThatThrownBy(() -> unpack("zst", packed))
                    .isInstanceOfSatisfying(JobFailedException.class, e -> assertThat(e.exitCode())
                            .isEqualTo(ExitCode.BAD_INPUT))
                    .hasMessageContainingAll("file.zst", "268435456 bytes", "limit is 134217728", "--long=27");
        }
    }

    private byte[] packWithWindow(int windowLog) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(bytes, 1)) {
            out.setLong(windowLog);
            out.write(text);
        }
        return bytes.toByteArray();
    }

    @Test
    void whatFollowsAnArchiveIsNamed() throws IOException {
        assertBad("gz", join(pack("gz", text), "more".getBytes(StandardCharsets.UTF_8)));
    }

    private void assertBad(String kind, byte[] packed) {
        assertThatThrownBy(() -> unpack(kind, packed))
                .as("%d bytes", packed.length)
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT))
                .hasMessageContainingAll(folder.resolve("file." + kind).toString(), "cut off or damaged");
    }

    private byte[] unpack(String kind, byte[] packed) throws IOException {
        Files.write(folder.resolve("file." + kind), packed);
        Storage storage = new Storage(folder);
        InputFile file = storage.list(List.of("file." + kind)).getFirst();
        assertThat(file.isSplittable()).isFalse();
        try (ByteSource source = storage.open(file)) {
            return new SourceStream(source).readAllBytes();
        }
    }

    public static byte[] pack(String kind, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out =
                kind.equals("gz") ? new GZIPOutputStream(bytes) : new ZstdOutputStream(bytes).setChecksum(true)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
