package io.filejob.profile;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * The profile of a local run: a flame graph of all its processes and, if workers are processes, one for each worker beside
 * it. Safe to use from any thread.
 */
public final class RunProfile {
    private final Path file;
    private final String option;
    private final String job;
    private boolean isAllowed;
    private final Stacks all = new Stacks();
    private final Map<Integer, Stacks> workers = new TreeMap<>();

    /** Creates an empty profile of {@code job}, to be written to {@code file}, which {@code option} names in messages. */
    public RunProfile(Path file, String option, String job) {
        this.file = file.toAbsolutePath();
        this.option = option;
        this.job = job;
    }

    /** Returns the file of the flame graph of the whole run. */
    public Path file() {
        return file;
    }

    /** Returns the file of the flame graph of one worker, {@code flame-worker-0.html} for {@code flame.html}. */
    public Path file(int worker) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        return file.resolveSibling(stem + "-worker-" + worker + (dot > 0 ? name.substring(dot) : ""));
    }

    /** Adds the stacks of this process. */
    public synchronized void add(String stacks) {
        all.add(stacks);
    }

    /** Adds the stacks of an attempt of a worker process. */
    public synchronized void add(int worker, String stacks) {
        all.add(stacks);
        workers.computeIfAbsent(worker, _ -> new Stacks()).add(stacks);
    }

    /** Checks that the files can be written; fails with {@link ExitCode#NO_OUTPUT}. */
    public void check() {
        try {
            if (Files.isDirectory(file)) {
                throw new IOException("it is a directory");
            }
            Path fresh = fresh(file);
            Files.deleteIfExists(fresh);
            Files.delete(Files.createFile(fresh));
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Notes that none of the files is read or written by the job. */
    public synchronized void allow() {
        isAllowed = true;
    }

    /** Returns whether {@link #write} cannot overwrite another file of the job. */
    public synchronized boolean isAllowed() {
        return isAllowed;
    }

    /** Writes all graphs; fails with {@link ExitCode#NO_OUTPUT}. */
    public synchronized void write() {
        write(file, job, all);
        workers.forEach((worker, stacks) -> write(file(worker), job + ", worker " + worker, stacks));
    }

    private void write(Path file, String subject, Stacks stacks) {
        try {
            Path fresh = fresh(file);
            Files.write(fresh, FlameGraphs.html(FlameGraphs.title(subject, stacks), stacks));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static Path fresh(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private JobFailedException unwritable(Path file, IOException cause) {
        return new JobFailedException(
                ExitCode.NO_OUTPUT, option + ": " + file + " cannot be written: " + IoReason.of(cause), cause);
    }
}
