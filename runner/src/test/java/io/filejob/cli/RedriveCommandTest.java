package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.ledger.LedgerFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code filejob redrive} of jobs that have run on this machine. */
@Timeout(180)
final class RedriveCommandTest {
    @TempDir
    private Path folder;

    private String manifest = "";
    private String store = "";

    @BeforeEach
    void job() throws IOException {
        store = folder.resolve("store").toString();
        manifest = Files.writeString(folder.resolve("job.yaml"), """
                        apiVersion: filejob.io/v1alpha1
                        kind: FileJob
                        metadata: {name: numbers}
                        spec:
                          workers: 2
                          input: {generate: {files: 40, entriesPerFile: 100, seed: 7, filesPerSlice: 1}}
                          operation: {average: {}}
                        """).toString();
    }

    @Test
    void aRunWithoutAStoreHasNothingToRedrive() {
        End end = End.of("redrive", manifest);
        assertThat(end.status()).isEqualTo(64);
        assertThat(end.err()).startsWith("filejob: --store: missing");
    }

    @Test
    void onlyTheMissingSlicesOfAnIncompleteJobAreProcessed() throws IOException {
        End whole = End.of("run", "-q", "-o", "json", "--store", store, manifest);
        assertThat(whole.status()).isZero();
        List<Path> ledgers = ledgers();
        assertThat(ledgers).hasSize(2);
        byte[] kept = Files.readAllBytes(ledgers.getFirst());
        Files.delete(ledgers.getLast());

        End again = End.of("redrive", "-q", "-o", "json", "--store", store, manifest);
        assertThat(again.status()).isZero();
        assertThat(again.err())
                .isEqualTo("filejob: no finished slice has failures; only missing slices are processed\n");
        assertThat(again.json().at("/status/result")).isEqualTo(whole.json().at("/status/result"));
        assertThat(ledgers.getFirst()).hasBinaryContent(kept);
        Set<Integer> finished = slices(List.of(ledgers.getFirst()));
        Set<Integer> processed = slices(ledgers().stream()
                .filter(ledger -> !ledger.equals(ledgers.getFirst()))
                .toList());
        assertThat(processed).isNotEmpty().doesNotContainAnyElementsOf(finished);
        assertThat(processed.size() + finished.size()).isEqualTo(40);
    }

    private List<Path> ledgers() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(store, "ledgers"))) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static Set<Integer> slices(List<Path> ledgers) throws IOException {
        Set<Integer> slices = new HashSet<>();
        for (Path ledger : ledgers) {
            LedgerFormat.read(Files.readAllBytes(ledger)).results().forEach(result -> slices.add(result.slice()));
        }
        return slices;
    }
}
