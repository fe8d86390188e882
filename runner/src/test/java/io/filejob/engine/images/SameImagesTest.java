package io.filejob.engine.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJobSpec;
import io.filejob.coverage.Coverage;
import io.filejob.engine.OperationSetup;
import io.filejob.engine.Operations;
import io.filejob.engine.SliceWork;
import io.filejob.image.TestLibvips;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.SliceResult;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.Planner;
import io.filejob.plan.Plan;
import io.filejob.plan.Stage;
import io.filejob.storage.Storage;
import io.filejob.testing.http.PageServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random lists, whose slices are processed by one to four workers, some of them twice, by workers that are killed before
 * their ledgers are written, and while the images on the server change.
 */
@Timeout(240)
final class SameImagesTest {
    private static final int PICTURES = 8;
    private static final int JOBS = 8;

    @TempDir
    private Path base;

    @Test
    void eachImageIsInTheOutputOnceAndNoOtherIsLeft() throws Exception {
        TestLibvips.load();
        List<byte[]> pictures = new ArrayList<>();
        for (int i = 0; i < 3 * PICTURES; i++) {
            pictures.add(TestPictures.jpeg(i));
        }
        try (PageServer server = new PageServer()) {
            for (long seed = 1; seed <= JOBS; seed++) {
                new RandomJob(seed, server, pictures).run();
            }
        }
    }

    /** A job with several attempts of workers. */
    private final class RandomJob {
        private final long seed;
        private final SplittableRandom random;
        private final PageServer server;
        private final List<byte[]> pictures;
        private final Path folder;
        private final List<List<String>> rows = new ArrayList<>();

        RandomJob(long seed, PageServer server, List<byte[]> pictures) throws IOException {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.server = server;
            this.pictures = pictures;
            this.folder = Files.createTempDirectory(base, "job");
        }

        void run() throws Exception {
            StringBuilder text = new StringBuilder("S. No.,Product Name,Input Image Urls\n");
            int count = random.nextInt(1, 120);
            for (int row = 0; row < count; row++) {
                List<String> urls = new ArrayList<>();
                for (int i = random.nextInt(1, 4); i > 0; i--) {
                    urls.add(server.uri("" + random.nextInt(PICTURES + 1)));
                }
                rows.add(urls);
                text.append(String.format(Locale.ROOT, "%d,product,\"%s\"\n", row, String.join(",", urls)));
            }
            Files.writeString(folder.resolve("list.csv"), text);
            FileJobSpec spec = ManifestReader.read("""
                    apiVersion: filejob.io/v1alpha1
                    kind: FileJob
                    metadata: {name: images}
                    spec:
                      onBadRecord: skip
                      input: {files: [list.csv]}
                      operation: {compressImages: {to: {uri: out}}}
                      output: {uri: out.csv}
                    """).spec();
            try (Storage storage = new Storage(folder)) {
                process(spec, Planner.plan(spec, storage), storage);
            }
            assertOutput();
        }

        private void change() {
            for (int i = 0; i < PICTURES; i++) {
                server.put("" + i, pictures.get(i + PICTURES * random.nextInt(3)));
            }
        }

        private void process(FileJobSpec spec, Plan plan, Storage storage) {
            int attempts = random.nextInt(1, 5);
            List<SliceWork> works = new ArrayList<>();
            List<List<SliceResult>> results = new ArrayList<>();
            for (int i = 0; i < attempts; i++) {
                works.add(Operations.slices(new OperationSetup(
                        spec,
                        plan,
                        "job",
                        storage,
                        Storage.scratch(folder.resolve("partials")),
                        random.nextBoolean() ? null : 0,
                        folder.resolve("scratch" + i),
                        "attempt-" + i)));
                results.add(new ArrayList<>());
            }
            for (Stage stage : plan.stages()) {
                Coverage before = coverage(plan, results);
                for (int slice = stage.first(); slice < stage.first() + stage.slices(); slice++) {
                    int owner = random.nextInt(attempts);
                    for (int i = 0; i < attempts; i++) {
                        boolean isKilled = random.nextInt(4) == 0;
                        if (i == owner || random.nextInt(4) == 0) {
                            change();
                            SliceResult result = works.get(i).perform(stage, slice, OptionalLong.empty(), before);
                            if (i == owner || !isKilled) {
                                results.get(i).add(result);
                            }
                        }
                    }
                }
            }
            Coverage committed = coverage(plan, results);
            assertThat(committed.isComplete()).as("seed %d", seed).isTrue();
            assertThat(committed.conflicts()).isEmpty();
            works.forEach(work -> work.cleanUp(committed));
            works.forEach(SliceWork::close);
        }

        private static Coverage coverage(Plan plan, List<List<SliceResult>> results) {
            List<Ledger> ledgers = new ArrayList<>();
            for (int i = 0; i < results.size(); i++) {
                ledgers.add(new Ledger(plan.fingerprint().combined(), i, "attempt-" + i, results.get(i)));
            }
            return Coverage.of(plan, ledgers);
        }

        private void assertOutput() throws IOException {
            List<String> records = Files.readAllLines(folder.resolve("out.csv"));
            assertThat(records).as("seed %d", seed).hasSize(rows.size() + 1);
            List<String> named = new ArrayList<>();
            for (int row = 0; row < rows.size(); row++) {
                String record = records.get(row + 1);
                String urls = String.join(",", rows.get(row));
                String start = row + ",product," + (urls.contains(",") ? "\"" + urls + "\"" : urls) + ",";
                assertThat(record).startsWith(start);
                String[] images =
                        record.substring(start.length()).replace("\"", "").split(",", -1);
                assertThat(images).hasSameSizeAs(rows.get(row));
                for (int i = 0; i < images.length; i++) {
                    if (rows.get(row).get(i).endsWith("/" + PICTURES)) {
                        assertThat(images[i]).isEmpty();
                    } else {
                        assertThat(images[i]).matches("out/" + row + "-" + (i + 1) + "-[0-9a-f]{12}[.]jpg");
                        named.add(images[i]);
                    }
                }
            }
            List<String> stored = List.of();
            if (Files.exists(folder.resolve("out"))) {
                try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
                    stored = files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString())
                            .toList();
                }
            }
            assertThat(stored).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(named);
        }
    }
}
