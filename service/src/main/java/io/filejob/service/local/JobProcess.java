package io.filejob.service.local;

import io.filejob.cluster.ProfileRequests;
import io.filejob.storage.local.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The process of a job, which ends when this process does. Thread-safe. */
final class JobProcess {
    /** The time for a process to commit its finished slices, after which it is killed. */
    private static final Duration GRACE = Duration.ofSeconds(20);
    /** The time for a database or storage to delete the data of a job. */
    private static final Duration CLEAN_UP = Duration.ofMinutes(1);

    private final Process process;
    private final Instant started;
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean stopped;

    private JobProcess(Process process, Instant started) {
        this.process = process;
        this.started = started;
    }

    /**
     * Starts {@code command}, the command line of {@code filejob}, with the job in {@code folder}; each file or folder
     * in {@code secrets} is a Secret of the job.
     */
    static JobProcess start(List<String> command, JobFolder folder, Path secrets) throws IOException {
        List<String> line = line(command, folder.isRedriven() ? "redrive" : "run", folder, secrets);
        line.add("--status-file=" + folder.status());
        line.add("--with-parent");
        if (ProfileRequests.isIn(folder.readManifest())) {
            line.add("--profile=" + folder.profile());
        }
        Instant started = Instant.now();
        return new JobProcess(start(line, folder), started);
    }

    /** Starts {@code command} so that it calls the receiver of the ended job in {@code folder}. */
    static JobProcess call(List<String> command, JobFolder folder, Path secrets) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("notify", folder.status().toString(), "--status-file=" + folder.status(), "--with-parent"));
        Secrets.in(secrets).options().forEach(secret -> line.add("--secret=" + secret));
        Instant started = Instant.now();
        return new JobProcess(start(line, folder), started);
    }

    /** Deletes the data of a job outside of its folder, such as staging tables; returns whether that was possible. */
    static boolean cleanUp(List<String> command, JobFolder folder, Path secrets) throws IOException {
        Process process = start(line(command, "cleanup", folder, secrets), folder);
        try {
            if (process.waitFor(CLEAN_UP.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue() == 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return false;
    }

    private static List<String> line(List<String> command, String name, JobFolder folder, Path secrets) {
        List<String> line = new ArrayList<>(command);
        line.add(name);
        line.add(folder.manifest().toString());
        line.add("--store=" + folder.store());
        Secrets.in(secrets).options().forEach(secret -> line.add("--secret=" + secret));
        return line;
    }

    private static Process start(List<String> line, JobFolder folder) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
        // Settings of this service, among them its token, do not concern jobs, whose logs it reads as text.
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("FILEJOB_SERVICE_") || name.startsWith("FILEJOB_LOG_"));
        return builder.start();
    }

    /** Returns the time of the start. */
    Instant started() {
        return started;
    }

    /** Waits for the end of the process and returns its exit status. */
    int await() throws InterruptedException {
        return process.waitFor();
    }

    /** Ends the process, after it has committed its finished slices, and waits until its end is recorded. */
    void stop() {
        stopped = true;
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        awaitRelease();
    }

    /** Returns whether this process has ended the process. */
    boolean isStopped() {
        return stopped;
    }

    /** Records that the end of the process has been handled. */
    void release() {
        released.countDown();
    }

    /** Waits until the end of the process has been handled. */
    void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
