package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A store belongs to one spec over one input. */
final class StoreTest {
    @RegisterExtension
    final Workbench bench = new Workbench();

    @Test
    void aCompleteStoreGivesTheSameResultOnceMoreAndNothingIsDone() throws IOException {
        Path input = bench.write("in.txt", "1\n2\n4.5\n");
        Path manifest = bench.manifest("job.yaml", Manifests.lines("in.txt", "2") + ", output: {uri: out.csv}");
        Ledgers ledgers = new Ledgers(bench.path("store"));
        JsonNode first = json(manifest, ledgers);
        var contents = ledgers.contents();
        Object output = Files.readAttributes(bench.path("out.csv"), "lastModifiedTime,fileKey");
        assertThat(contents).isNotEmpty();

        assertThat(json(manifest, ledgers)).isEqualTo(first);
        bench.run("work", "--index=1", "--store", ledgers.store(), manifest).with(0);
        FilejobProcess.End text = bench.run("run", "-q", "-w5", "--processes", "--store", ledgers.store(), manifest);
        assertThat(text.with(0).out())
                .contains("average   2.5\n", first.at("/result/digest").asText());
        assertThat(ledgers.contents()).isEqualTo(contents);
        assertThat(Files.readAttributes(bench.path("out.csv"), "lastModifiedTime,fileKey"))
                .isEqualTo(output);
        assertThat(bench.path("out.csv")).hasContent("average\n2.5\n");
        assertThat(input).hasContent("1\n2\n4.5\n");
    }

    private JsonNode json(Path manifest, Ledgers ledgers) {
        return bench.run("run", "-q", "-o", "json", "--store", ledgers.store(), manifest)
                .with(0)
                .timelessStatus();
    }

    @Test
    void anotherSpecIsRefused() {
        Path store = bench.path("store");
        Undisturbed.status(bench.manifest("job.yaml", Manifests.generated(5, 5)), store);
        Path other = bench.manifest("other.yaml", Manifests.generated(5, 6));
        FilejobProcess run = bench.start("run", "-q", "--store", store, other);
        FilejobProcess work = bench.start("work", "--index=0", "--store", store, other);
        assertThat(run.end().with(74).err()).contains(store.toString(), "another spec");
        assertThat(work.end().with(74).err()).contains(store.toString(), "another spec");
    }

    @Test
    void moreWorkersAreTheSameJob() {
        Path store = bench.path("store");
        Path manifest = bench.manifest("job.yaml", Manifests.generated(5, 5));
        JsonNode status = Undisturbed.status(manifest, store);
        Path more = bench.manifest("more.yaml", Manifests.generated(5, 5).replace("workers: 2", "workers: 7"));
        assertThat(json(more, new Ledgers(store))).isEqualTo(status);
    }

    @Test
    void anInputThatHasChangedIsRefused() throws IOException {
        Path store = bench.path("store");
        Path input = bench.write("in.txt", "1\n2\n");
        Path manifest = bench.manifest("job.yaml", Manifests.lines("in.txt", "1"));
        Undisturbed.status(manifest, store);
        Files.writeString(input, "3\n", StandardOpenOption.APPEND);
        FilejobProcess run = bench.start("run", "-q", "-o", "json", "--store", store, manifest);
        FilejobProcess work = bench.start("work", "--index=0", "--store", store, manifest);
        FilejobProcess.End end = run.end().with(74);
        assertThat(end.err()).contains(store.toString(), "input has changed");
        assertThat(end.json().at("/status/phase").asText()).isEqualTo("Failed");
        assertThat(work.end().with(65).err()).startsWith("filejob: InputChanged: ");
    }

    @Test
    void anInputThatChangesWhileItIsReadFailsTheJob() throws IOException {
        Path input = bench.write("in.txt", "1.5\n".repeat(500_000));
        Path manifest = bench.manifest("job.yaml", Manifests.lines("in.txt", "40"));
        Ledgers ledgers = new Ledgers(bench.path("store"));
        FilejobProcess work =
                bench.start("work", "--index=0", "--in-flight", bench.path("at"), "--store", ledgers.store(), manifest);
        Moments.atSlice(work, bench.path("at"));
        work.signal("STOP");
        Files.writeString(input, "7\n", StandardOpenOption.APPEND);
        work.signal("CONT");
        assertThat(work.end().with(65).err()).startsWith("filejob: InputChanged: " + input);
        bench.assertNoScratch();
    }
}
