package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands end as documented on signals, and the next command resumes after one that was killed. */
final class SignalsTest {
    private static final int SLICES = 200;
    private static final String JOB = Manifests.generated(SLICES, 100_000);
    /** A job that takes hours. */
    private static final String ENDLESS = Manifests.generated(100_000, 200_000);

    private static @Nullable JsonNode undisturbed;

    @RegisterExtension
    final Workbench bench = new Workbench();

    @Test
    void aTerminatedWorkerCommitsWhatItHasFinishedAndTheNextAttemptGoesOnThere() {
        Path manifest = bench.manifest("job.yaml", JOB);
        Ledgers ledgers = new Ledgers(bench.path("store"));
        FilejobProcess first = bench.start(
                "work", "--index=0", "-w1", "--in-flight", bench.path("at"), "--store", ledgers.store(), manifest);
        Moments.atSlice(first, bench.path("at"), 5);
        first.signal("STOP");
        int at = Moments.slice(bench.path("at")).orElseThrow();
        first.signal("TERM");
        first.signal("CONT");
        first.end().with(143);
        bench.assertNoScratch();
        assertThat(ledgers.done()).as("all before slice %d", at).hasSizeBetween(at, SLICES - 1);

        bench.run("work", "--index=0", "-w1", "--store", ledgers.store(), manifest)
                .with(0);
        assertThat(ledgers.done()).hasSize(SLICES);
        assertThat(ledgers.performed()).as("nothing was done twice").isEqualTo(SLICES);
        bench.assertNoScratch();
    }

    @ParameterizedTest
    @CsvSource({"INT,130,false", "TERM,143,false", "INT,130,true", "TERM,143,true"})
    void aRunThatIsToldToEndDoesAndLeavesNothing(String signal, int status, boolean processes) {
        FilejobProcess run = start(processes, bench.manifest("job.yaml", ENDLESS));
        List<ProcessHandle> children = run.children();
        run.signal(signal);
        FilejobProcess.End end = run.end().with(status);
        assertThat(end.err()).isEqualTo("filejob: " + (signal.equals("INT") ? "interrupted" : "terminated") + "\n");
        bench.assertNoScratch();
        assertThat(children).hasSize(processes ? 2 : 0).noneMatch(ProcessHandle::isAlive);
        assertThat(end.out()).isEmpty();
    }

    @Test
    void aTerminalInterruptsARunAndItsWorkersAtOnce() {
        FilejobProcess run = start(true, bench.manifest("job.yaml", ENDLESS));
        // The worst order: the run receives the signal last.
        List<ProcessHandle> all = new ArrayList<>(run.children());
        all.add(run.handle());
        FilejobProcess.signal("INT", all);
        FilejobProcess.End end = run.end().with(130);
        assertThat(all).hasSize(3).noneMatch(ProcessHandle::isAlive);
        bench.assertNoScratch();
        assertThat(end.err()).doesNotContain("killed", "died");
    }

    @Test
    void aSecondInterruptEndsAProcessAtOnce() {
        // The worker would finish its slice, which takes hours, for up to 15 s, and then tell that it was interrupted.
        Path manifest = bench.manifest("job.yaml", Manifests.generated(1, 2_000_000_000));
        FilejobProcess worker = bench.start(
                "work", "--index=0", "-w1", "--in-flight", bench.path("at"), "--store", bench.path("store"), manifest);
        Moments.atSlice(worker, bench.path("at"));
        worker.signal("INT");
        Moments.until("the worker is ending", () -> worker.hasThread("stop"));
        worker.signal("INT");
        assertThat(worker.end().with(130).err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTerminatedRunWithAStoreGoesOn(boolean processes) {
        Path manifest = bench.manifest("job.yaml", JOB);
        Ledgers ledgers = new Ledgers(bench.path("store"));
        FilejobProcess run = start(processes, manifest, "-w1", "--store", ledgers.store());
        run.signal("TERM");
        run.end().with(143);
        bench.assertNoScratch();
        goesOn(manifest, ledgers);
    }

    @Test
    void aKilledRunWithAStoreGoesOn() {
        Path manifest = bench.manifest("job.yaml", JOB);
        Ledgers ledgers = new Ledgers(bench.path("store"));
        FilejobProcess run = start(false, manifest, "-w1", "--store", ledgers.store());
        run.signal("STOP");
        // After a second of the clock, the worker writes its ledger with the next slice.
        assertThat(run.endsWithin(1100)).isFalse();
        run.signal("CONT");
        Moments.committed(run, ledgers);
        run.kill();
        goesOn(manifest, ledgers);
    }

    /** Returns the status of {@link #JOB}, which takes seconds, for all tests. */
    private static JsonNode undisturbed(Path manifest) {
        JsonNode status = undisturbed;
        if (status == null) {
            status = Undisturbed.status(manifest);
            undisturbed = status;
        }
        return status;
    }

    private void goesOn(Path manifest, Ledgers ledgers) {
        assertThat(ledgers.done()).hasSizeBetween(1, SLICES - 1);
        FilejobProcess.End again = bench.run("run", "-q", "-w1", "-o", "json", "--store", ledgers.store(), manifest);
        assertThat(again.with(0).timelessStatus()).isEqualTo(undisturbed(manifest));
        assertThat(ledgers.performed()).as("nothing was done twice").isEqualTo(SLICES);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAKilledRunLeavesEndsAndIsRemovedByTheNext(boolean processes) {
        FilejobProcess run = start(processes, bench.manifest("endless.yaml", ENDLESS));
        List<ProcessHandle> children = run.children();
        run.kill();
        assertThat(children).hasSize(processes ? 2 : 0);
        assertThat(bench.scratch()).isNotEmpty();
        Moments.until("the children have ended", () -> children.stream().noneMatch(ProcessHandle::isAlive));

        bench.run("run", "-q", bench.manifest("job.yaml", Manifests.generated(3, 3)))
                .with(0);
        bench.assertNoScratch();
    }

    /** Starts a run and waits until it has processed some slices. */
    private FilejobProcess start(boolean processes, Path manifest, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("run", "-q", manifest));
        arguments.addAll(List.of(more));
        if (processes) {
            arguments.add("--processes");
        }
        FilejobProcess run = bench.start(arguments.toArray());
        if (processes) {
            Moments.childrenAtSlices(run, arguments.contains("-w1") ? 1 : 2, bench.temporary(), 5);
        } else {
            Moments.generatedFile(run, bench.temporary(), 5);
        }
        return run;
    }
}
