package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.storage.temporary.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scratch space or a store that is not, or no longer, writable: exit status 74, and the message names it. */
final class LostSpaceTest {
    private static final String SMALL = Manifests.generated(3, 10);

    @RegisterExtension
    final Workbench bench = new Workbench();

    @ParameterizedTest
    @ValueSource(strings = {"missing", "file/below"})
    void aTemporaryFolderThatCannotBeUsedIsNamed(String name) {
        bench.write("file", "");
        Path bad = bench.path(name);
        for (FilejobProcess.End end : both(new Workbench.How().temporary(bad), bench.manifest("job.yaml", SMALL))) {
            assertThat(end.with(74).err().lines())
                    .singleElement()
                    .asString()
                    .contains("no scratch folder can be made in " + bad, "TMPDIR names another place");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file/below", "taken"})
    void aStoreThatCannotBeMadeIsNamed(String name) throws IOException {
        bench.write("file", "");
        Files.createDirectory(bench.path("taken"));
        bench.write("taken/ledgers", "");
        Path store = bench.path(name);
        Path manifest = bench.manifest("job.yaml", SMALL);
        for (FilejobProcess process : List.of(
                bench.start("run", "-q", "--store", store, manifest),
                bench.start("work", "--index=0", "--store", store, manifest))) {
            assertThat(process.end().with(74).err().lines())
                    .singleElement()
                    .asString()
                    .contains("the store " + store + " cannot be used");
        }
        bench.assertNoScratch();
    }

    @Test
    void scratchSpaceThatIsFullIsNamed() {
        Path manifest = bench.manifest("job.yaml", Manifests.generated(3, 10_000));
        for (FilejobProcess.End end : both(new Workbench.How().fullDisk(), manifest)) {
            assertThat(end.with(74).err().lines())
                    .singleElement()
                    .asString()
                    .contains("the generated file " + bench.temporary(), "cannot be written", "File too large");
        }
        bench.assertNoScratch();
    }

    @Test
    void aPlaceForGeneratedFilesThatIsFullIsNamedAndHoldsNoHalfFiles() {
        Path manifest = bench.manifest(
                "job.yaml",
                Manifests.generated(3, 10_000).replace("filesPerSlice: 1", "filesPerSlice: 1, keep: {uri: kept}"));
        for (FilejobProcess.End end : both(new Workbench.How().fullDisk(), manifest)) {
            assertThat(end.with(74).err()).contains(bench.path("kept").toString(), "cannot be written");
        }
        assertThat(Workbench.names(bench.path("kept"))).isEmpty();
        bench.assertNoScratch();
    }

    @Test
    void aStoreThatIsFullIsNamedAndItsLedgersStayWhole() {
        bench.write("in.txt", "1\n".repeat(1000));
        Path manifest = bench.manifest("job.yaml", Manifests.lines("in.txt", "2"));
        Path store = bench.path("store");
        for (FilejobProcess.End end : List.of(
                bench.start(new Workbench.How().fullDisk(), "run", "-q", "--store", store, manifest)
                        .end(),
                bench.start(new Workbench.How().fullDisk(), "work", "--index=0", "--store", store, manifest)
                        .end())) {
            assertThat(end.with(74).err().lines())
                    .singleElement()
                    .asString()
                    .contains("the ledger " + store, "cannot be written", "File too large");
        }
        assertThat(Workbench.names(store)).containsExactly("job.json", "ledgers");
        assertThat(Workbench.names(store.resolve("ledgers"))).as("halves").noneMatch(name -> name.startsWith("."));
        bench.assertNoScratch();
        assertThat(bench.run("run", "-q", "-o", "json", "--store", store, manifest)
                        .with(0)
                        .timelessStatus())
                .isEqualTo(Undisturbed.status(manifest));
    }

    @Test
    void aStoreThatGoesAwayEndsItsWorker() throws IOException {
        Path manifest = bench.manifest("job.yaml", Manifests.generated(100_000, 100_000));
        Path store = bench.path("store");
        FilejobProcess work =
                bench.start("work", "--index=0", "--in-flight", bench.path("at"), "--store", store, manifest);
        Moments.atSlice(work, bench.path("at"));
        work.signal("STOP");
        TemporaryFolder.remove(store);
        work.signal("CONT");
        assertThat(work.end().with(74).err()).contains(store.toString());
        assertThat(store).doesNotExist();
        bench.assertNoScratch();
    }

    @Test
    void aNoteOfTheSliceThatCannotBeWrittenLeavesNoScratch() {
        Path note = bench.path("missing/at");
        FilejobProcess.End end = bench.run(
                "work",
                "--index=0",
                "--in-flight",
                note,
                "--store",
                bench.path("store"),
                bench.manifest("job.yaml", SMALL));
        assertThat(end.with(74).err()).contains(note.toString());
        bench.assertNoScratch();
    }

    /** Runs the manifest as a run and as a worker. */
    private List<FilejobProcess.End> both(Workbench.How how, Path manifest) {
        FilejobProcess run = bench.start(how, "run", "-q", manifest);
        FilejobProcess work = bench.start(how, "work", "--index=0", "--store", bench.path("store"), manifest);
        return List.of(run.end(), work.end());
    }
}
