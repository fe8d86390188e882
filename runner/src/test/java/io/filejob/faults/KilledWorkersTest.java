package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers are killed with {@code kill -9} while they work, and started again. */
final class KilledWorkersTest {
    private static final int SLICES = 400;
    private static final int WORKERS = 3;
    private static final int FEWEST_KILLS = 3;
    private static final int MAX_KILLS = 10;
    /** Milliseconds; the first few fall into the start of a worker on any machine. */
    private static final int SOON = 150;

    private static final int LATER = 700;

    @RegisterExtension
    final Workbench bench = new Workbench();

    @Test
    void theResultIsThatOfAnUndisturbedRunHoweverOftenWorkersAreKilled() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Path manifest = bench.manifest("job.yaml", Manifests.generated(SLICES, 100_000));
        JsonNode undisturbed = bench.run("run", "-q", "-o", "json", "-w", WORKERS, manifest)
                .with(0)
                .timelessStatus();

        Ledgers ledgers = new Ledgers(bench.path("store"));
        List<FilejobProcess> workers = new ArrayList<>();
        for (int index = 0; index < WORKERS; index++) {
            workers.add(work(manifest, ledgers, index));
        }
        int kills = 0;
        while (kills < MAX_KILLS) {
            int victim = random.nextInt(WORKERS);
            workers.get(victim).endsWithin(random.nextLong(kills < FEWEST_KILLS ? SOON : LATER));
            if (!workers.get(victim).isAlive() || ledgers.done().size() == SLICES) {
                break;
            }
            workers.get(victim).kill();
            workers.set(victim, work(manifest, ledgers, victim));
            kills++;
        }
        assertThat(kills).as("kills, seed %d", seed).isGreaterThanOrEqualTo(FEWEST_KILLS);
        workers.forEach(worker -> worker.end().with(0));
        assertThat(ledgers.done()).as("seed %d", seed).hasSize(SLICES);
        // A worker that is killed before it locks its new folder leaves the folder empty; it is deleted after a minute.
        assertThat(bench.scratch()).as("seed %d", seed).allMatch(name -> Workbench.names(
                        bench.temporary().resolve(name))
                .isEmpty());
        JsonNode disturbed = bench.run("run", "-q", "-o", "json", "-w", WORKERS, "--store", ledgers.store(), manifest)
                .with(0)
                .timelessStatus();
        assertThat(disturbed).as("seed %d", seed).isEqualTo(undisturbed);
    }

    private FilejobProcess work(Path manifest, Ledgers ledgers, int index) {
        return bench.start("work", "--index", index, "-w", WORKERS, "--store", ledgers.store(), manifest);
    }

    @Test
    void aRunStartsAKilledWorkerAgain() {
        Path manifest = bench.manifest("job.yaml", Manifests.generated(200, 100_000));
        Ledgers ledgers = new Ledgers(bench.path("store"));
        FilejobProcess run =
                bench.start("run", "--processes", "-q", "-o", "json", "--store", ledgers.store(), manifest);
        Moments.childrenAtSlices(run, 2, bench.temporary(), 0);
        ProcessHandle victim = run.children().getFirst();
        assertThat(victim.destroyForcibly()).isTrue();
        assertThat(ledgers.done()).hasSizeLessThan(200);
        Moments.until(
                "another child is there",
                () -> run.children().stream()
                                .filter(child -> !child.equals(victim))
                                .count()
                        == 2);
        JsonNode disturbed = run.end().with(0).timelessStatus();
        bench.assertNoScratch();
        assertThat(disturbed).isEqualTo(Undisturbed.status(manifest));
    }
}
