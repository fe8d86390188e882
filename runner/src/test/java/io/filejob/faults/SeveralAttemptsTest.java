package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers that the cluster cannot rule out: two of one index, and one that wakes up after the job has ended. */
final class SeveralAttemptsTest {
    private static final int SLICES = 120;

    @RegisterExtension
    final Workbench bench = new Workbench();

    private Path manifest = Path.of("");
    private Ledgers ledgers = new Ledgers(Path.of(""));

    @BeforeEach
    void job() {
        manifest = bench.manifest("job.yaml", Manifests.generated(SLICES, 100_000));
        ledgers = new Ledgers(bench.path("store"));
    }

    @Test
    void twoWorkersOfOneIndexDoNoHarm() {
        FilejobProcess first = work(0, "first");
        Moments.atSlice(first, bench.path("first"));
        first.signal("STOP");
        // Started beside the first one, it could do all the work before the first one is seen at a slice.
        FilejobProcess second = work(0, "second");
        Moments.atSlice(second, bench.path("second"));
        first.signal("CONT");
        first.end().with(0);
        second.end().with(0);
        assertThat(ledgers.all().keySet().stream()
                        .map(file -> file.getFileName().toString()))
                .containsExactly("worker-0-first", "worker-0-second");
        assertThat(ledgers.performed())
                .as("both have worked on the same slices")
                .isGreaterThan(SLICES);
        assertThat(merged()).isEqualTo(Undisturbed.status(manifest));
    }

    @Test
    void aWorkerThatIsStoppedUntilTheJobIsDoneChangesNothingWhenItGoesOn() {
        FilejobProcess sleeper = work(0, "sleeper");
        Moments.atSlice(sleeper, bench.path("sleeper"));
        sleeper.signal("STOP");
        int at = Moments.slice(bench.path("sleeper")).orElseThrow();
        assertThat(ledgers.done()).doesNotContain(at);
        work(1, "other").end().with(0);
        assertThat(ledgers.of(1)).as("done for the sleeper").contains(at);
        assertThat(ledgers.done()).hasSize(SLICES);
        JsonNode before = merged();
        assertThat(before).isEqualTo(Undisturbed.status(manifest));

        assertThat(sleeper.isAlive()).isTrue();
        sleeper.signal("CONT");
        sleeper.end().with(0);
        assertThat(ledgers.of(0)).as("what the sleeper had done").contains(at);
        assertThat(merged()).isEqualTo(before);
        bench.assertNoScratch();
    }

    private FilejobProcess work(int index, String attempt) {
        return bench.start(
                "work",
                "--index",
                index,
                "--attempt",
                attempt,
                "--in-flight",
                bench.path(attempt),
                "--store",
                ledgers.store(),
                manifest);
    }

    private JsonNode merged() {
        return bench.run("run", "-q", "-o", "json", "--store", ledgers.store(), manifest)
                .with(0)
                .timelessStatus();
    }
}
