package io.filejob.cli;

import io.filejob.api.FileJob;
import io.filejob.api.FileJobSpec;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.local.LocalOptions;
import io.filejob.local.LocalRun;
import io.filejob.local.WorkerHeap;
import io.filejob.log.EventLog;
import io.filejob.log.LogField;
import io.filejob.manifest.ManifestReader;
import io.filejob.merge.Merge;
import io.filejob.operation.WorkerMemory;
import io.filejob.profile.RunProfile;
import io.filejob.storage.Storage;
import io.filejob.storage.local.Secrets;
import io.filejob.terminal.Terminal;
import io.filejob.value.Json;
import io.filejob.worker.MetricsServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that runs a job on this machine and prints its result; the subclass says which job. */
abstract class AbstractRunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private final LocationOptions locations = new LocationOptions();

    @Mixin
    private MetricsOption metrics = new MetricsOption();

    @Option(
            names = {"-w", "--workers"},
            paramLabel = "W",
            description =
                    "The number of workers, instead of spec.workers. If neither is set, one for each core, or as many as the"
                            + " memory allows. The result is the same.")
    private @Nullable Integer workers;

    @Option(
            names = "--processes",
            description = "Run the workers as processes, as on a cluster, instead of as threads.")
    private boolean processes;

    @Option(
            names = "--store",
            paramLabel = "PLACE",
            description =
                    "Keep the ledgers in this folder, or below this s3://bucket/prefix/, so that the same command resumes an interrupted job. A job that"
                            + " is complete only prints its result again.")
    private @Nullable String store;

    @Option(
            names = {"-q", "--quiet"},
            description = "Do not show progress.")
    private boolean quiet;

    @Option(
            names = "--status-file",
            paramLabel = "FILE",
            description =
                    "Write the FileJob with its status into this file, as JSON, when the job begins, about twice a"
                            + " second while it runs, and at its end.")
    private @Nullable Path statusFile;

    @Mixin
    private ProfileOption profiling = new ProfileOption();

    @Option(names = "--with-parent", hidden = true, description = "End when standard input is closed.")
    private boolean withParent;

    /** The streams of this command; null if the command line has them. */
    private final @Nullable PrintWriter out;

    private final @Nullable PrintWriter err;

    /** Creates a command for the command line, which sets its options. */
    AbstractRunCommand() {
        this.out = null;
        this.err = null;
    }

    /** Creates a command with the options of {@code plain} that writes to {@code out} and {@code err}. */
    AbstractRunCommand(PlainRun plain, PrintWriter out, PrintWriter err) {
        this.workers = plain.workers();
        this.store = plain.store();
        this.quiet = plain.isQuiet();
        this.statusFile = plain.statusFile();
        this.withParent = plain.isWithParent();
        this.out = out;
        this.err = err;
    }

    /** Returns the job to run, with its checked spec. */
    abstract FileJob job();

    /** Returns the folder that relative paths in the spec are resolved against. */
    abstract Path base();

    /** Returns the file with the manifest, which must not be overwritten; null if there is none. */
    abstract @Nullable Path file();

    /** Returns whether standard input is the manifest. */
    abstract boolean isManifestRead();

    /** Returns the format in which the result is printed. */
    abstract ResultFormat format();

    /** Returns the log of this command. */
    EventLog log() {
        return Main.log(err());
    }

    private PrintWriter out() {
        return out == null ? command.commandLine().getOut() : out;
    }

    private PrintWriter err() {
        return err == null ? command.commandLine().getErr() : err;
    }

    /** Returns the options for volumes and Secrets. */
    final LocationOptions locations() {
        return locations;
    }

    /** Returns the Secrets that the spec can refer to. */
    Secrets secrets() {
        return locations.secrets();
    }

    /** Returns the number of workers that the user wants; null if the manifest decides. */
    final @Nullable Integer workers() {
        return workers;
    }

    /** Returns {@code job} with a worker for each core, or as many as its memory allows, unless an option has the number. */
    final FileJob onAllCores(FileJob job) {
        int cores = Runtime.getRuntime().availableProcessors();
        return workers == null
                ? job.withWorkers(LocalRun.workers(job.withWorkers(cores).spec(), processes))
                : job;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (withParent) {
            Parent.endWith();
        }
        FileJob job = job();
        if (workers != null) {
            if (workers < 1 || workers > FileJobSpec.MAX_WORKERS) {
                throw new ParameterException(
                        command.commandLine(),
                        "--workers: " + workers + " is not between 1 and " + FileJobSpec.MAX_WORKERS);
            }
            job = job.withWorkers(workers);
        }
        boolean hasStore = store != null || job.spec().store() != null;
        try (StandardStreams streams = StandardStreams.of(job, format(), hasStore, isManifestRead())) {
            return run(streams.job(), streams);
        }
    }

    private Integer run(FileJob job, StandardStreams streams) throws InterruptedException {
        Secrets secrets = secrets();
        RunCallback.check(job, secrets);
        PrintWriter out = out();
        PrintWriter err = err();
        EventLog log = log();
        log.set(LogField.JOB, job.name());
        if (!streams.mounts().isEmpty()) {
            StandardStreams.names().forEach(log::rename);
        }
        int running = LocalRun.workers(job.spec(), processes);
        if (running < job.spec().workers()) {
            log.info("spec.workers: " + job.spec().workers() + " workers are more than " + limit(running, job.spec())
                    + ": running " + running);
        }
        ProgressLine progress = quiet ? ProgressLine.silent() : ProgressLine.on(err, Clock.systemUTC());
        RunProfile profile = profiling.of(job);
        FoundDelimiterNote delimiter = new FoundDelimiterNote(log);
        StatusFile status = StatusFile.of(statusFile, job, Clock.systemUTC());
        LocalRun run = new LocalRun(
                job,
                new LocalOptions(
                        base(),
                        secrets,
                        locations.mounts(streams.mounts()),
                        store == null ? null : Storage.absolute(store, Path.of("")),
                        processes,
                        null,
                        done -> {
                            delimiter.accept(done.coverage().plan());
                            progress.accept(done);
                            status.accept(done.coverage());
                        },
                        file(),
                        text -> {
                            progress.waiting(text);
                            status.waiting(text);
                        },
                        redriven(job.spec(), log),
                        profile),
                Clock.systemUTC());
        LocalRun.RunOutcome outcome;
        try (MetricsServer _ = metrics.start()) {
            outcome = Interruptible.call(
                    () -> {
                        try {
                            streams.read();
                            return profiling.record(profile, run::run);
                        } finally {
                            progress.clear();
                        }
                    },
                    () -> {
                        streams.stop();
                        if (Signals.isInterrupt()) {
                            run.stopAtOnce();
                        } else {
                            run.stop();
                        }
                    });
        }
        outcome.status().conditions().stream()
                .filter(condition -> condition.type().equals(Merge.COPIES_DIFFER))
                .forEach(condition -> log.warn(condition.message()));
        FileJob result = job.withStatus(outcome.status());
        status.write(RunCallback.begun(result));
        switch (format()) {
            case TEXT -> {
                if (outcome.failure() == null && !(streams.isWritten() && quiet)) {
                    print(result, streams.isWritten() ? err : out, streams.isWritten());
                }
            }
            case CSV -> {}
            case JSON -> out.println(Json.pretty(result));
            case YAML -> out.print(ManifestReader.write(result));
        }
        out.flush();
        err.flush();
        if (streams.isWritten() && outcome.failure() == null) {
            streams.write();
        }
        JobFailedException failure = outcome.failure();
        int exitStatus = profiling.status(failure == null ? ExitCode.DONE.number() : Main.explain(failure, log), log);
        RunCallback.call(result, secrets, log, quiet, told -> status.write(job.withStatus(told)));
        return exitStatus;
    }

    private static void print(FileJob result, PrintWriter out, boolean isError) {
        Terminal terminal = isError ? Terminal.atStandardError(System.getenv()) : Terminal.atStandardOutput();
        new ResultPrinter(out, terminal == null ? ResultPrinter.DEFAULT_WIDTH : terminal.columns()).print(result);
    }

    /**
     * Returns the receiver of the number of slices to be done again, for messages; null, since this command only
     * continues.
     */
    @Nullable
    IntConsumer redriven(FileJobSpec spec, EventLog log) {
        return null;
    }

    /** Throws {@link ParameterException} unless the ledgers of earlier runs are kept. */
    final void requireStore(FileJobSpec spec) {
        if (store == null && spec.store() == null) {
            throw new ParameterException(
                    command.commandLine(),
                    "--store: missing, and the manifest has no spec.store; name the store of the run that failed, since a"
                            + " run without one leaves nothing to redrive");
        }
    }

    /** The reason why no more than {@code running} workers run. */
    private String limit(int running, FileJobSpec spec) {
        if (running == LocalRun.MAX_WORKERS) {
            return "a machine can use";
        }
        return processes
                ? "the machine's memory of " + (LocalRun.memory() >> 20) + " MiB holds as processes (spec.memory)"
                : (WorkerMemory.nativeData(spec) > 0 ? "the machine's memory or " : "")
                        + "the heap of " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB holds (spec.memory, "
                        + WorkerHeap.JAVA_OPTIONS + "=-Xmx...)";
    }
}
