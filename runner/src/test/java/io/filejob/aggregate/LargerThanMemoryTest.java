package io.filejob.aggregate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.local.LocalRun;
import io.filejob.manifest.ManifestReader;
import io.filejob.status.AggregateResult;
import io.filejob.status.RowCounts;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Millions of groups with 16 MiB per worker: the output equals that of sorting all keys in memory. */
@Timeout(180)
final class LargerThanMemoryTest {
    private static final int ROWS = 3_500_000;
    private static final int GROUPS = 2_300_000;
    private static final long KEY_MASK = (1L << 40) - 1;
    private static final int INDEX_BITS = 22;
    private static final String MANIFEST = """
            apiVersion: filejob.io/v1alpha1
            kind: FileJob
            metadata: {name: large}
            spec:
              workers: %d
              memory: 16Mi
              input: {files: [in.csv], sliceBytes: %s}
              operation: {aggregate: {groupBy: [key], measures: [{function: sum, column: plays, as: s}]}}
              output: {uri: out.csv}
            """;

    @TempDir
    private static Path folder;

    private static String digest = "";

    /** Multiplication by an odd number gives each index a different key. */
    private static long key(int index) {
        return (index * 0x9E3779B97F4A7C15L) & KEY_MASK;
    }

    /** Returns a value in tenths. */
    private static int value(int row) {
        return row % 999 - 100;
    }

    @BeforeAll
    static void write() throws IOException, NoSuchAlgorithmException {
        int[] sums = new int[GROUPS];
        HexFormat hex = HexFormat.of();
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(folder.resolve("in.csv")), 1 << 20)) {
            file.write("key,plays\n".getBytes(US_ASCII));
            for (int row = 0; row < ROWS; row++) {
                int index = (int) (row * 7L % GROUPS);
                sums[index] += value(row);
                file.write((hex.toHexDigits(key(index), 10) + "," + tenths(value(row)) + "\n").getBytes(US_ASCII));
            }
        }
        // Keys in the upper bits, indexes in the lower bits, 62 bits in total.
        long[] sorted = new long[GROUPS];
        Arrays.setAll(sorted, index -> key(index) << INDEX_BITS | index);
        Arrays.sort(sorted);
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        try (OutputStream output =
                new BufferedOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), sha), 1 << 16)) {
            output.write("key,s\n".getBytes(US_ASCII));
            for (long each : sorted) {
                int index = (int) (each & ((1 << INDEX_BITS) - 1));
                output.write((hex.toHexDigits(key(index), 10) + "," + shortest(sums[index]) + "\n").getBytes(US_ASCII));
            }
        }
        digest = "sha256:" + hex.formatHex(sha.digest());
    }

    private static String tenths(int value) {
        return (value < 0 ? "-" : "") + Math.abs(value) / 10 + "." + Math.abs(value) % 10;
    }

    private static String shortest(int value) {
        return value % 10 == 0 ? String.valueOf(value / 10) : tenths(value);
    }

    @ParameterizedTest
    @CsvSource({"1,64Mi", "2,5Mi"})
    void isWrittenInOrder(int workers, String sliceBytes) throws Exception {
        FileJob job = ManifestReader.read(String.format(Locale.ROOT, MANIFEST, workers, sliceBytes));
        LocalRun.RunOutcome outcome = AggregateRun.outcome(job, folder);
        if (outcome.failure() != null) {
            throw new AssertionError(outcome.failure());
        }
        AggregateResult result =
                (AggregateResult) Objects.requireNonNull(outcome.status().result());
        assertThat(outcome.status().rows()).isEqualTo(new RowCounts(ROWS, ROWS, 0));
        assertThat(result.groups()).isEqualTo(GROUPS);
        assertThat(result.digest()).isEqualTo(digest);
        assertThat(digestOfOutput()).isEqualTo(digest);
    }

    @Test
    void isDoneInASmallHeap() throws Exception {
        Path manifest = Files.writeString(folder.resolve("job.yaml"), String.format(Locale.ROOT, MANIFEST, 2, "8Mi"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx96m");
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.filejob.cli.Main", "run", "-q"));
        command.add(manifest.toString());
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor()).as(() -> read(log)).isZero();
        } finally {
            process.destroyForcibly().onExit().join();
        }
        assertThat(digestOfOutput()).isEqualTo(digest);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String digestOfOutput() throws IOException, NoSuchAlgorithmException {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        try (OutputStream digesting = new DigestOutputStream(OutputStream.nullOutputStream(), sha)) {
            Files.copy(folder.resolve("out.csv"), digesting);
        }
        return "sha256:" + HexFormat.of().formatHex(sha.digest());
    }
}
