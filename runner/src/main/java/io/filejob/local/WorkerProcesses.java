package io.filejob.local;

import io.filejob.cluster.CrashedItems;
import io.filejob.cluster.PodEnvironment;
import io.filejob.cluster.TerminationMessage;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.manifest.ManifestReader;
import io.filejob.metrics.WorkCounters;
import io.filejob.operation.WorkerMemory;
import io.filejob.profile.RunProfile;
import io.filejob.storage.local.InFlightFile;
import io.filejob.storage.local.Secrets;
import io.filejob.time.Waits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Workers as processes, each running the command that a pod runs. They end when this process ends in any way. */
final class WorkerProcesses implements Workers {
    private static final Duration AT_ONCE = Duration.ofMillis(250);

    private final LocalJob job;
    private final Path manifest;
    /** The items of slices that workers do not try, as {@link CrashedItems}. */
    private final Path crashed;

    private final BlockingQueue<RunningProcess> ends = new LinkedBlockingQueue<>();
    private final CrashCounter deaths;
    private final List<RunningProcess> running = new ArrayList<>();
    private boolean stopped;

    private record RunningProcess(
            int index, Process process, Path inFlight, Path messages, Path profile, Thread reports) {}

    WorkerProcesses(LocalJob job) {
        this.job = job;
        this.manifest = job.scratch().resolve("job.yaml");
        this.crashed = job.scratch().resolve("crashed");
        this.deaths = new CrashCounter(job.workers());
    }

    @Override
    public void await() throws InterruptedException {
        try {
            Files.writeString(manifest, ManifestReader.write(job.job()));
            for (int index = 0; index < job.workers(); index++) {
                start(index);
            }
            while (!isStopped()) {
                RunningProcess ended = ends.take();
                int status = ended.process().exitValue();
                if (status == ExitCode.DONE.number()) {
                    return;
                }
                if (isStopped()) {
                    break;
                }
                String messages = Files.readString(ended.messages(), StandardCharsets.UTF_8)
                        .strip();
                if (isDeath(status)) {
                    died(ended, "exit status " + status + (messages.isEmpty() ? "" : ": " + messages));
                    start(ended.index());
                } else {
                    throw new JobFailedException(ExitCode.of(status), own(messages));
                }
            }
            throw new InterruptedException();
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST, "a worker process cannot be started: " + IoReason.of(e), e);
        }
    }

    private void died(RunningProcess worker, String how) throws IOException {
        TerminationMessage last = InFlightFile.message(worker.inFlight());
        if (last.slice().isEmpty() || last.item().isEmpty()) {
            deaths.add(last.slice(), how);
            return;
        }
        deaths.add(new CrashedItems.Item(last.slice().getAsInt(), last.item().getAsInt()), how);
        Path next = job.scratch().resolve("crashed-next");
        Files.writeString(next, deaths.crashed().text(), StandardCharsets.US_ASCII);
        Files.move(next, crashed, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns whether the worker was killed or crashed, so that another attempt may succeed. */
    private static boolean isDeath(int status) {
        return switch (ExitCode.of(status)) {
            case INTERNAL, INTERRUPTED, TERMINATED -> true;
            default -> false;
        };
    }

    /**
     * Returns the worker's own messages, without the prefix, which this process adds again, and without messages of the
     * JVM.
     */
    private static String own(String messages) {
        String prefix = "filejob: ";
        String own = messages.lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .collect(Collectors.joining("\n"));
        return own.isEmpty() ? messages : own;
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private synchronized void start(int index) throws IOException {
        if (stopped) {
            return;
        }
        String attempt = UUID.randomUUID().toString();
        Path inFlight = job.scratch().resolve("in-flight-" + attempt);
        Path messages = job.scratch().resolve("messages-" + attempt);
        Path profile = job.scratch().resolve("profile-" + attempt);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        heap().ifPresent(bytes -> command.add(WorkerMemory.option(bytes)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.filejob.cli.Main", "work"));
        command.addAll(List.of("--index", Integer.toString(index), "--workers", Integer.toString(job.workers())));
        command.addAll(
                List.of("--attempt", attempt, "--base", job.options().base().toString()));
        job.options().mounts().options().forEach(mount -> command.addAll(List.of("--mount", mount)));
        job.options().secrets().options().forEach(secret -> command.addAll(List.of("--secret", secret)));
        command.addAll(List.of("--store", job.storePlace()));
        command.addAll(List.of("--in-flight", inFlight.toString(), "--crashed", crashed.toString()));
        if (job.options().profile() != null) {
            command.addAll(List.of("--profile", profile.toString()));
        }
        command.addAll(List.of("--with-parent", manifest.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(messages.toFile());
        String database = job.options().secrets().environment().get(Secrets.DATABASE_URL);
        if (database != null) {
            // It may be an option of this process. Other users can read arguments, but not the environment.
            builder.environment().put(Secrets.DATABASE_URL, database);
        }
        builder.environment().put("TMPDIR", job.scratch().toString());
        // This process reads the messages of its workers and writes them into its own log.
        builder.environment().keySet().removeAll(Set.of(PodEnvironment.LOG_JSON, PodEnvironment.LOG_LEVEL));
        Process process = builder.start();
        Thread reports = Thread.ofVirtual().start(() -> receive(process));
        RunningProcess started = new RunningProcess(index, process, inFlight, messages, profile, reports);
        running.add(started);
        Thread.ofVirtual().start(() -> {
            try {
                process.waitFor();
                ends.add(started);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Returns the maximum heap size of a worker process in bytes, if it differs from the one of this process. */
    private OptionalLong heap() {
        return WorkerHeap.process(
                job.job().spec(),
                Runtime.getRuntime().maxMemory(),
                job.storage().listingHeap(),
                job.plan().slices());
    }

    /**
     * Shows the waits that a worker process reports as waits of this process, and adds up the bytes that it reads and its
     * counters.
     */
    private void receive(Process process) {
        CounterReport.ReceivedCounters counters = new CounterReport.ReceivedCounters(WorkCounters.ofProcess());
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(line -> {
                if (line.startsWith(ReadReport.PREFIX)) {
                    ReadReport.receive(line, job.inFlight());
                } else if (line.startsWith(CounterReport.PREFIX)) {
                    counters.add(line);
                } else if (line.equals(Waits.PREFIX)) {
                    Waits.end(process);
                } else if (line.startsWith(Waits.PREFIX)) {
                    Waits.update(process, line.substring(Waits.PREFIX.length()));
                }
            });
        } catch (IOException | UncheckedIOException e) {
            // The process was killed in the middle of a line.
            return;
        } finally {
            Waits.end(process);
            counters.end();
        }
    }

    @Override
    public void stopAtOnce() {
        stop(AT_ONCE);
    }

    @Override
    public synchronized void stop(Duration grace) {
        stopped = true;
        running.forEach(each -> each.process().destroy());
        try {
            long deadline = System.nanoTime() + grace.toNanos();
            for (RunningProcess each : running) {
                if (!each.process().waitFor(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    each.process().destroyForcibly();
                }
            }
            for (RunningProcess each : running) {
                each.process().waitFor();
                each.reports().join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.forEach(this::addProfile);
        running.clear();
    }

    /** Adds the stacks of a worker process that has ended; a killed one has left none. */
    private void addProfile(RunningProcess ended) {
        RunProfile profile = job.options().profile();
        if (profile == null || !Files.exists(ended.profile())) {
            return;
        }
        try {
            profile.add(ended.index(), Files.readString(ended.profile(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST, "the profile of a worker cannot be read: " + IoReason.of(e), e);
        }
    }
}
