package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.plan.Cut;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A release of another protocol, and this one, at the same store: one of them refuses, and no result is wrong. */
final class ReleasesTest {
    private static final Path RELEASES = Path.of("src/test/resources/releases");

    @RegisterExtension
    final Workbench bench = new Workbench();

    private Path manifest = Path.of("");
    private Path store = Path.of("");
    private Ledgers ledgers = new Ledgers(Path.of(""));

    @BeforeEach
    void job() {
        StringBuilder rows = new StringBuilder("song,plays\n");
        for (int i = 0; i < 60_000; i++) {
            rows.append("\"song ").append(i % 977).append("\",").append(i).append('\n');
        }
        bench.write("in.csv", rows.toString());
        manifest = bench.manifest("job.yaml", """
                workers: 2, input: {files: [in.csv], sliceBytes: 8Ki}, output: {uri: out.csv},
                operation: {aggregate: {groupBy: [song], measures: [{function: sum, column: plays}]}}""");
        store = bench.path("store");
        ledgers = new Ledgers(store);
    }

    @Test
    void everyEarlierProtocolHasAReleaseToTestWith() {
        assertThat(IntStream.range(0, Cut.PROTOCOL)).allSatisfy(protocol -> assertThat(release(protocol))
                .as("made by scripts/release-fixture")
                .exists());
    }

    private static Path release(int protocol) {
        return RELEASES.resolve("protocol-" + protocol + ".jar");
    }

    private static Workbench.How earlier(int protocol) {
        return new Workbench.How().release(release(protocol));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "0, false", "1, true", "1, false"})
    void aStoreOfTheEarlierReleaseIsRefusedByNameAndLeftToIt(int protocol, boolean complete) {
        if (complete) {
            bench.start(earlier(protocol), "run", "-q", "--store", store, manifest)
                    .end()
                    .with(0);
        } else {
            FilejobProcess work =
                    bench.start(earlier(protocol), "work", "--index=0", "-w2", "--store", store, manifest);
            Moments.until("slices are committed", () -> !ledgers.all().isEmpty());
            work.destroy();
        }
        var contents = ledgers.contents();
        assertThat(contents).isNotEmpty();

        FilejobProcess.End run = bench.run("run", "-q", "-o", "json", "--store", store, manifest);
        FilejobProcess.End work = bench.run("work", "--index=1", "--store", store, manifest);

        assertThat(run.with(74).json().at("/status/conditions/0/reason").asText())
                .isEqualTo("VersionMismatch");
        assertThat(run.err()).contains(store.toString(), "an earlier release", "finish it with that release");
        assertThat(work.with(74).err()).contains("VersionMismatch: ", store.toString());
        assertThat(ledgers.contents()).isEqualTo(contents);
        bench.start(earlier(protocol), "run", "-q", "--store", store, manifest)
                .end()
                .with(0);
        assertThat(bench.path("out.csv")).hasContent(undisturbed());
    }

    @ParameterizedTest
    @CsvSource({"0, another spec", "1, a later release"})
    void aWorkerOfTheEarlierReleaseRefusesAStoreOfThisOneWhichGoesOn(int protocol, String reason) {
        bench.run("work", "--index=0", "--store", store, manifest).with(0);
        var contents = ledgers.contents();

        assertThat(bench.start(earlier(protocol), "work", "--index=1", "-w2", "--store", store, manifest)
                        .end()
                        .with(74)
                        .err())
                .contains(store.toString(), reason);
        assertThat(bench.start(earlier(protocol), "run", "-q", "--store", store, manifest)
                        .end()
                        .with(74)
                        .err())
                .contains(store.toString(), reason);

        assertThat(ledgers.contents()).isEqualTo(contents);
        JsonNode status = bench.run("run", "-q", "-o", "json", "--store", store, manifest)
                .with(0)
                .timelessStatus();
        assertThat(status.at("/rows/used").asInt()).isEqualTo(60_000);
        assertThat(bench.path("out.csv")).hasContent(undisturbed());
    }

    private String undisturbed() {
        Path other = bench.manifest("other.yaml", """
                workers: 1, input: {files: [in.csv]}, output: {uri: other.csv},
                operation: {aggregate: {groupBy: [song], measures: [{function: sum, column: plays}]}}""");
        bench.run("run", "-q", other).with(0);
        return new String(Ledgers.bytes(bench.path("other.csv")), java.nio.charset.StandardCharsets.UTF_8);
    }
}
