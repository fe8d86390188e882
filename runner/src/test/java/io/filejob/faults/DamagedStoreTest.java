package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any damage of a store is reported with the file's name, and damaged results are never merged. */
final class DamagedStoreTest {
    @RegisterExtension
    final Workbench bench = new Workbench();

    private final long seed = System.nanoTime();
    private Path manifest = Path.of("");
    private Path store = Path.of("");
    private Path ledger = Path.of("");

    /** Creates a store of a complete job. */
    @BeforeEach
    void store() {
        manifest = bench.manifest("job.yaml", Manifests.generated(20, 5));
        store = bench.path("store");
        Undisturbed.status(manifest, store);
        ledger = new Ledgers(store).all().keySet().iterator().next();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.999})
    void aTornLedgerIsNamed(double part) throws IOException {
        byte[] good = Files.readAllBytes(ledger);
        Files.write(ledger, Arrays.copyOf(good, (int) (part * good.length)));
        assertRefused(ledger);

        Files.delete(ledger);
        assertThat(Undisturbed.status(manifest, store)).isEqualTo(Undisturbed.status(manifest, bench.path("other")));
    }

    @Test
    void aLedgerWithAFlippedBitIsNamed() throws IOException {
        byte[] bytes = Files.readAllBytes(ledger);
        SplittableRandom random = new SplittableRandom(seed);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(ledger, bytes);
        assertRefused(ledger);
    }

    @Test
    void anotherJobsLedgerIsNamed() throws IOException {
        Path other = bench.manifest("other.yaml", Manifests.generated(20, 6));
        Undisturbed.status(other, bench.path("other"));
        Path theirs = new Ledgers(bench.path("other")).all().keySet().iterator().next();
        Path copy = ledger.resolveSibling(theirs.getFileName());
        Files.copy(theirs, copy);
        assertRefused(copy);
    }

    @Test
    void aStrayFileAmongTheLedgersIsNamed() throws IOException {
        Path stray = Files.writeString(ledger.resolveSibling("notes.txt"), "keep this\n");
        assertRefused(stray);
        assertThat(stray).hasContent("keep this\n");
    }

    @Test
    void aFolderAmongTheLedgersIsNamed() throws IOException {
        assertRefused(Files.createDirectory(ledger.resolveSibling("folder")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{\"spec\":\"sha256:"})
    void aDamagedNoteOfWhoseStoreItIsIsNamed(String content) throws IOException {
        Path note = store.resolve("job.json");
        assertThat(note).isRegularFile();
        Files.writeString(note, content);
        assertRefused(note);
        assertThat(note).hasContent(content);
    }

    /** Checks that a run and a worker report {@code culprit} in one line each. */
    private void assertRefused(Path culprit) {
        FilejobProcess run = bench.start("run", "-q", "-o", "json", "--store", store, manifest);
        FilejobProcess work = bench.start("work", "--index=0", "--store", store, manifest);
        FilejobProcess.End runEnd = run.end().with(74);
        FilejobProcess.End workEnd = work.end().with(74);
        assertThat(runEnd.json().at("/status/phase").asText()).isEqualTo("Failed");
        assertThat(runEnd.json().at("/status/result").isMissingNode()).isTrue();
        assertThat(runEnd.json().at("/status/message").asText())
                .as("seed %d", seed)
                .contains(culprit.toString());
        assertThat(workEnd.err().lines())
                .as("seed %d", seed)
                .singleElement()
                .asString()
                .contains(culprit.toString());
        bench.assertNoScratch();
    }
}
