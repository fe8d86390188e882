package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.filejob.postgres.ProductJob;
import io.filejob.status.JobResult;
import io.filejob.testing.postgres.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A job that loads products, with several processes and one store. */
final class ProductLoad {
    private final Workbench bench;
    private final TestDatabase database;
    private final ProductJob job;
    private final Path manifest;
    private final int workers;
    private final Ledgers ledgers;
    private final String secret;

    /** Creates the tables in {@code database}; processes connect to it through {@code way}. */
    ProductLoad(Workbench bench, ProductJob job, int workers, TestDatabase database, TestDatabase way) {
        this.bench = bench;
        this.database = database;
        this.job = job;
        this.workers = workers;
        this.manifest = job.write(bench.folder(), workers);
        this.ledgers = new Ledgers(bench.path("store"));
        this.secret = ProductJob.SECRET + "=" + way.secret(bench.path(ProductJob.SECRET));
        job.createTables(database);
    }

    Ledgers ledgers() {
        return ledgers;
    }

    /** Starts a worker, which keeps its current slice in the file {@link #at}. */
    FilejobProcess work(int index, String attempt) {
        return bench.start(
                "work",
                "--index",
                index,
                "-w",
                workers,
                "--attempt",
                attempt,
                "--secret",
                secret,
                "--in-flight",
                at(attempt),
                "--store",
                ledgers.store(),
                manifest);
    }

    Path at(String attempt) {
        return bench.path("at-" + attempt);
    }

    /** Runs the whole job with the number of workers in the manifest. */
    FilejobProcess run(Object... more) {
        List<Object> arguments = new ArrayList<>(
                List.of("run", "-q", "-o", "json", "--secret", secret, "--store", ledgers.store(), manifest));
        arguments.addAll(List.of(more));
        return bench.start(arguments.toArray());
    }

    /** Runs the job again with this store and checks the loaded rows. */
    void assertLoaded() {
        assertLoaded(run().end());
    }

    /** Checks that the run has succeeded, and checks the loaded rows. */
    void assertLoaded(FilejobProcess.End end) {
        try {
            JobResult result =
                    JsonMapper.builder().build().treeToValue(end.with(0).json().at("/status/result"), JobResult.class);
            job.assertLoaded(database, result);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the number of worker sessions that wait for a lock. */
    long waiting() {
        return sessions("wait_event_type = 'Lock'").size();
    }

    /** Returns the process ids of worker sessions that satisfy {@code condition}. */
    List<Long> sessions(String condition) {
        List<Long> pids = new ArrayList<>();
        database.query("SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'filejob%' AND datname ="
                        + " current_database() AND " + condition)
                .rows()
                .forEach(row -> pids.add(Long.valueOf(String.valueOf(row.getFirst()))));
        assertThat(pids).doesNotHaveDuplicates();
        return pids;
    }
}
