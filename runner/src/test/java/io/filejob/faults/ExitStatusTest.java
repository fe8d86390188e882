package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands that cannot succeed end with the documented status and the reason, in runs and workers. */
final class ExitStatusTest {
    private static final String CSV = "id,price\n\"a\n\",1.5\nb,abc\nc,2\n";
    private static final String COMPLAINT = "in.csv:4: column \"price\": \"abc\": not a number";

    @RegisterExtension
    final Workbench bench = new Workbench();

    /**
     * A job that cannot succeed.
     *
     * @param status the exit status
     * @param spec of the job; the input in.csv exists
     * @param beforeAnyWork whether it must fail before any work is done
     * @param says texts that standard error must contain
     */
    record Refusal(int status, String spec, boolean beforeAnyWork, List<String> says) {
        Refusal(int status, String spec, boolean beforeAnyWork, String... says) {
            this(status, spec, beforeAnyWork, List.of(says));
        }

        @Override
        public String toString() {
            return status + " " + says.getFirst();
        }
    }

    static List<Refusal> refusals() {
        String good = Manifests.csv("in.csv", "4");
        return List.of(
                new Refusal(66, Manifests.csv("nowhere.csv", "4"), true, "input nowhere.csv is not there"),
                new Refusal(66, Manifests.csv("*.nothing", "4"), true, "*.nothing gives nothing to read"),
                new Refusal(65, good, false, COMPLAINT),
                new Refusal(65, good.replace("price", "prize"), true, "in.csv", "no column \"prize\"", "\"price\""),
                new Refusal(
                        65,
                        good + ", onBadRecord: skip, tolerated: {records: 0}",
                        false,
                        "1 of 3 rows are bad",
                        "in.csv:4"),
                new Refusal(
                        73,
                        good + ", onBadRecord: skip, output: {uri: nowhere/out.csv}",
                        true,
                        "nowhere/out.csv cannot be written"),
                new Refusal(
                        73,
                        good + ", onBadRecord: skip, rejects: {uri: nowhere/bad.csv}",
                        true,
                        "nowhere/bad.csv cannot be written: there is no folder"),
                new Refusal(
                        78,
                        good + ", onBadRecord: skip, output: {configMap: {name: totals}}",
                        true,
                        "spec.output.configMap: there is no cluster here",
                        "spec.output.uri"),
                new Refusal(
                        78,
                        "workers: 0, onBadRecord: maybe, input: {generate: {files: -1}, files: [a]}, shape: round, operation: {}",
                        true,
                        "spec.workers: 0 is less than 1",
                        "spec.onBadRecord: \"maybe\" is not one of fail, skip",
                        "spec.input.generate.files: -1 is less than 1",
                        "spec.input.generate.entriesPerFile: is required",
                        "spec.input: generate and files are set",
                        "spec.shape: is unknown",
                        "spec.operation: nothing is set"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatCannotBeDoneIsSaid(Refusal refusal) {
        Path manifest = manifest(refusal.spec());
        Ledgers ledgers = new Ledgers(bench.path("store"));
        FilejobProcess json = bench.start("run", "-q", "-o", "json", "--store", ledgers.store(), manifest);
        FilejobProcess processes = bench.start("run", "-q", "--processes", manifest);
        FilejobProcess work = bench.start("work", "--index=0", "-w1", "--store", bench.path("other"), manifest);
        for (FilejobProcess process : List.of(json, processes, work)) {
            FilejobProcess.End end = process.end().with(refusal.status());
            assertThat(end.err()).contains(refusal.says());
            assertThat(end.err().lines()).allMatch(line -> line.matches("filejob: (?!filejob:).*"));
        }
        if (refusal.beforeAnyWork()) {
            assertThat(ledgers.all()).isEmpty();
        }
        if (refusal.status() != 78) {
            assertFailed(json.end().json(), refusal);
        }
        assertThat(processes.end().out()).isEmpty();
        assertThat(work.end().out()).isEmpty();
        bench.assertNoScratch();
    }

    private static void assertFailed(JsonNode job, Refusal refusal) {
        assertThat(job.at("/kind").asText()).isEqualTo("FileJob");
        assertThat(job.at("/status/phase").asText()).isEqualTo("Failed");
        assertThat(job.at("/status/conditions/0/type").asText()).isEqualTo("Failed");
        assertThat(job.at("/status/message").asText()).contains(refusal.says());
        assertThat(job.at("/status/result").isMissingNode()).isTrue();
    }

    @Test
    void whatTheJvmSaysIsNoMessageOfAWorker() {
        FilejobProcess.End end = bench.start(
                        new Workbench.How().toolOptions("-Dsome=thing"),
                        "run",
                        "-q",
                        "--processes",
                        manifest(Manifests.csv("in.csv", "4")))
                .end()
                .with(65);
        assertThat(end.err().lines())
                .containsExactly(
                        "Picked up JAVA_TOOL_OPTIONS: -Dsome=thing", "filejob: " + bench.folder() + "/" + COMPLAINT);
    }

    @Test
    void aCommandLineThatIsWrongIsRefused() {
        Path manifest = manifest(Manifests.csv("in.csv", "4"));
        List<FilejobProcess> wrong = new ArrayList<>();
        wrong.add(bench.start("run", "--nonsense", manifest));
        wrong.add(bench.start("run", "-w0", manifest));
        wrong.add(bench.start("work", "--index=-1", "--store", bench.path("store"), manifest));
        wrong.add(bench.start("work", "--index=0", manifest));
        wrong.add(bench.start("nonsense"));
        wrong.forEach(process -> process.end().with(64));
        assertThat(bench.path("store")).doesNotExist();
    }

    @Test
    void aManifestThatIsNotThereIsMissingInput() {
        assertThat(bench.run("run", bench.path("nowhere.yaml")).with(66).err()).contains("nowhere.yaml");
    }

    @Test
    void anOutputThatIsThereStaysAsItIsWhenTheJobFails() throws IOException {
        Path output = bench.write("out.csv", "average\n1\n");
        bench.run("run", "-q", manifest(Manifests.csv("in.csv", "4") + ", output: {uri: out.csv}"))
                .with(65);
        assertThat(output).hasContent("average\n1\n");
        assertThat(Files.readAllBytes(bench.path("in.csv"))).asString().isEqualTo(CSV);
    }

    private Path manifest(String spec) {
        bench.write("in.csv", CSV);
        return bench.manifest("job.yaml", spec);
    }
}
