package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.Folder;
import io.filejob.ledger.LostPartialException;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.Planner;
import io.filejob.plan.Cut;
import io.filejob.plan.Plan;
import io.filejob.storage.Storage;
import io.filejob.storage.local.DirectoryStore;
import io.filejob.validation.InvalidManifestException;
import io.filejob.worker.Worker;
import io.filejob.worker.WorkerSetup;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A worker on a node that cannot read partial results fails, and another worker completes the job. */
final class UnreadablePartialsTest {
    private static final String SPEC = """
            workers: 2, input: {files: [in.csv], sliceBytes: 4Ki}, output: {uri: out.csv},
            operation: {aggregate: {groupBy: [song], measures: [{function: sum, column: plays}]}}""";
    private static final int LIMIT_SECONDS = 120;

    @RegisterExtension
    final Workbench bench = new Workbench();

    @Test
    void theOtherWorkerCompletesTheJob() throws Exception {
        StringBuilder rows = new StringBuilder("song,plays\n");
        for (int i = 0; i < 20_000; i++) {
            rows.append("song ").append(i % 4_973).append(',').append(i).append('\n');
        }
        bench.write("in.csv", rows.toString());
        Path manifest = bench.manifest("job.yaml", SPEC);
        bench.run("run", "-q", manifest).with(0);
        String output = Files.readString(bench.path("out.csv"));
        Files.delete(bench.path("out.csv"));

        Worker bad = worker(manifest, 0, "bad", true);
        assertThatThrownBy(bad::run)
                .isInstanceOfSatisfying(JobFailedException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.STORE_LOST))
                .hasMessageContainingAll("Input/output error", "3 times");
        assertThatThrownBy(worker(manifest, 0, "bad-again", true)::run).hasMessageContaining("3 times");

        FutureTask<Boolean> healthy = new FutureTask<>(worker(manifest, 1, "healthy", false)::run);
        Thread.ofPlatform().daemon().start(healthy);
        assertThat(healthy.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(bench.path("out.csv")).hasContent(output);
    }

    /** Returns a worker with all groups in files, since its ledgers may not hold any. */
    private Worker worker(Path manifest, int index, String attempt, boolean isBad)
            throws IOException, InvalidManifestException {
        FileJob job = ManifestReader.read(Files.readString(manifest));
        Storage storage = new Storage(bench.folder());
        Plan planned = Planner.plan(job.spec(), storage);
        Plan plan = Planner.recut(job.spec(), planned, new Cut(Cut.PROTOCOL, 4096, 40, 0, 0));
        Path store = bench.path("store");
        Folder partials = storage.folder(store.resolve("partials").toString());
        return new Worker(new WorkerSetup(
                job.spec(),
                plan,
                DirectoryStore.ofWorker(store, plan.fingerprint()),
                storage,
                isBad ? unreadable(partials) : partials,
                null,
                new WorkerSetup.Identity(index, 2, attempt),
                bench.path("scratch-" + attempt),
                _ -> {},
                Clock.systemUTC()));
    }

    /** Returns {@code folder} without the ability to read files. */
    private static Folder unreadable(Folder folder) {
        return (Folder) Proxy.newProxyInstance(
                UnreadablePartialsTest.class.getClassLoader(),
                new Class<?>[] {Folder.class},
                (_, method, arguments) -> {
                    if (method.getName().equals("open")) {
                        String name = String.valueOf(arguments[0]);
                        throw new LostPartialException(
                                name, "the file " + name + " cannot be read: Input/output error", null);
                    }
                    try {
                        return method.invoke(folder, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
