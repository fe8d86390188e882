package io.filejob.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJobSpec;
import io.filejob.cluster.InputListingConfigMap;
import io.filejob.cluster.LedgerConfigMap;
import io.filejob.coverage.Coverage;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.AveragePartial;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.Loss;
import io.filejob.ledger.SliceResult;
import io.filejob.ledger.SliceSetCodec;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.Planner;
import io.filejob.plan.Cut;
import io.filejob.plan.InputFile;
import io.filejob.plan.Plan;
import io.filejob.security.Sha256;
import io.filejob.status.RowCounts;
import io.filejob.storage.local.DirectoryStore;
import io.filejob.testing.fuzz.FuzzRun;
import io.filejob.validation.InvalidManifestException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arbitrary content in a job's state is either rejected as damaged or equals the output of a worker. */
final class LedgerFuzzTest {
    private static final List<InputFile> FILES =
            List.of(new InputFile("/data/a.csv", 700, "17"), new InputFile("/data/b.csv.gz", 300, "18", true));

    @TempDir
    private Path folder;

    private static FileJobSpec spec() {
        try {
            return ManifestReader.read("""
                    apiVersion: filejob.io/v1alpha1
                    kind: FileJob
                    metadata: {name: fuzz}
                    spec: {input: {files: ["*"], sliceBytes: 64}, operation: {average: {column: v}}}
                    """).spec();
        } catch (InvalidManifestException e) {
            throw new AssertionError(e);
        }
    }

    private static Plan plan() {
        return Planner.plan(spec(), FILES);
    }

    private static Ledger ledger(Plan plan, SplittableRandom random) {
        List<SliceResult> results = new ArrayList<>();
        for (int slice = 0; slice < plan.slicing().slices(); slice++) {
            long begin = plan.slicing().begin(slice);
            long end = plan.slicing().end(slice);
            long rows = random.nextLong(50);
            results.add(SliceResult.builder(
                            slice, begin, end, new AveragePartial(Long.toString(random.nextLong(1000)), rows))
                    .certain(random.nextBoolean())
                    .lines(rows)
                    .bytes(end - begin)
                    .rows(new RowCounts(rows, rows, 0))
                    .build());
        }
        List<Loss> losses = random.nextBoolean() ? List.of() : List.of(new Loss(1, "gone", 0, "slice-1-runs"));
        return new Ledger(plan.fingerprint().combined(), 0, "a", results, losses);
    }

    /** Returns a copy with a few bytes changed, removed, added or repeated. */
    private static byte[] damaged(byte[] good, SplittableRandom random) {
        byte[] bytes = good.clone();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int at = random.nextInt(Math.max(1, bytes.length));
            int other = random.nextInt(at, bytes.length + 1);
            bytes = switch (random.nextInt(5)) {
                case 0 -> flipped(bytes, at, random);
                case 1 -> Arrays.copyOf(bytes, at);
                case 2 -> joined(Arrays.copyOf(bytes, at), bytes, other, bytes.length);
                case 3 -> joined(Arrays.copyOf(bytes, other), bytes, at, bytes.length);
                default -> joined(bytes, "0,null-9[]{}\n\u00e9".getBytes(StandardCharsets.UTF_8), 0, random.nextInt(8));
            };
        }
        return bytes;
    }

    private static byte[] flipped(byte[] bytes, int at, SplittableRandom random) {
        if (at < bytes.length) {
            bytes[at] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static byte[] joined(byte[] start, byte[] rest, int from, int to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(start);
        bytes.write(rest, from, to - from);
        return bytes.toByteArray();
    }

    private static void assertLost(JobFailedException refused) {
        assertThat(refused.exitCode()).isEqualTo(ExitCode.STORE_LOST);
        assertThat(refused.getMessage()).hasSizeLessThan(600);
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void ledgersInAFolderAndInAConfigMap() throws Exception {
        Plan plan = plan();
        DirectoryStore store = DirectoryStore.temporary(folder, plan.fingerprint());
        FuzzRun.repeat("ledgers", random -> {
            Ledger good = ledger(plan, random);
            store.write(good);
            Path file = only(folder.resolve("ledgers"));
            Files.write(file, damaged(Files.readAllBytes(file), random));
            try {
                assertThat(DirectoryStore.temporary(folder, plan.fingerprint()).ledgers())
                        .containsExactly(good);
            } catch (JobFailedException refused) {
                assertLost(refused);
                assertThat(refused).hasMessageContaining(file.toString());
            }
            try {
                assertThat(LedgerConfigMap.decode(damaged(LedgerConfigMap.encode(good), random)))
                        .isEqualTo(good);
            } catch (IOException refused) {
                assertThat(refused).isNotNull();
            }
        });
    }

    /** Covers ledgers of a program that computes the digest correctly and everything else incorrectly. */
    @Test
    void ledgersWithARightDigest() throws Exception {
        Plan plan = plan();
        DirectoryStore.temporary(folder, plan.fingerprint());
        FuzzRun.repeat("signed ledgers", random -> {
            DirectoryStore store = DirectoryStore.temporary(folder, plan.fingerprint());
            store.write(ledger(plan, random));
            Path file = only(folder.resolve("ledgers"));
            byte[] good = Files.readAllBytes(file);
            int body = new String(good, StandardCharsets.UTF_8).indexOf('\n') + 1;
            byte[] bad = damaged(Arrays.copyOfRange(good, body, good.length), random);
            String head = "filejob-ledger-1 " + bad.length + " " + Sha256.of(bad) + "\n";
            Files.write(file, joined(head.getBytes(StandardCharsets.UTF_8), bad, 0, bad.length));
            try {
                Coverage coverage = Coverage.of(plan, store.ledgers());
                if (coverage.isComplete()) {
                    assertWhole(coverage);
                }
            } catch (JobFailedException refused) {
                assertLost(refused);
            }
        });
    }

    private static void assertWhole(Coverage coverage) {
        long position = 0;
        for (SliceResult result : coverage.results()) {
            assertThat(result.start()).isEqualTo(position);
            position = result.end();
        }
        assertThat(position).isEqualTo(1_000);
        assertThat(coverage.bytes()).isEqualTo(1_000);
    }

    @Test
    void notesInStores() throws Exception {
        Plan plan = plan();
        Path note = folder.resolve("job.json");
        DirectoryStore store = DirectoryStore.ofRun(folder, plan.fingerprint());
        byte[] good = Files.readAllBytes(note);
        FuzzRun.repeat("store notes", random -> {
            Files.write(note, damaged(good, random));
            try {
                DirectoryStore read = DirectoryStore.ofRun(folder, plan.fingerprint());
                assertThat(read.job()).isEqualTo(store.job());
                assertThat(read.cut()).isEqualTo(store.cut());
            } catch (JobFailedException refused) {
                assertLost(refused);
                assertThat(refused).hasMessageContaining(folder.toString());
            }
        });
    }

    @Test
    void listingsInConfigMaps() throws Exception {
        Plan plan = plan();
        byte[] rows = "[[\"/data/a.csv\",\"700\",\"17\"],[\"/data/b.csv.gz\",\"300\",\"18\",\"whole\"]]"
                .getBytes(StandardCharsets.UTF_8);
        FuzzRun.repeat("listings", random -> {
            boolean text = random.nextBoolean();
            byte[] packed = text ? gzip(damaged(rows, random)) : damaged(gzip(rows), random);
            String cut = plan.fingerprint().cut().text();
            String damagedCut = random.nextInt(3) > 0
                    ? cut
                    : new String(damaged(cut.getBytes(StandardCharsets.UTF_8), random), StandardCharsets.UTF_8);
            try {
                InputListingConfigMap read =
                        InputListingConfigMap.decode(plan.fingerprint().combined(), damagedCut, packed);
                Cut pinned = read.cut();
                if (pinned == null || pinned.protocol() != Cut.PROTOCOL) {
                    return;
                }
                Plan again = Planner.plan(spec(), read.files(), pinned);
                read.check(again);
                assertThat(again.fingerprint()).isEqualTo(plan.fingerprint());
            } catch (IOException refused) {
                assertLost(InputListingConfigMap.unusable("job-plan", refused));
            } catch (JobFailedException refused) {
                assertThat(refused.exitCode()).isNotEqualTo(ExitCode.INTERNAL);
            }
        });
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void setsOfSlicesInAnnotations() throws Exception {
        FuzzRun.repeat("sets of slices", random -> {
            int slices = random.nextInt(1, 5_000);
            BitSet set = new BitSet();
            random.ints(random.nextInt(200), 0, slices).forEach(set::set);
            byte[] good =
                    SliceSetCodec.encode(set, random.nextInt(1, 20), 100_000).getBytes(StandardCharsets.UTF_8);
            String bad = new String(damaged(good, random), StandardCharsets.UTF_8);
            try {
                assertThat(SliceSetCodec.decode(bad, slices).length()).isLessThanOrEqualTo(slices);
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).isNotNull();
            }
        });
    }
}
