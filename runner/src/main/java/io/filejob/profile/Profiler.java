package io.filejob.profile;

import io.filejob.failure.JobFailedException;
import java.nio.file.Path;

/**
 * Collects the stacks of this process. Recordings are converted when {@link #stacks} is called, so that a long job does
 * not fill its disk. Safe to use from any thread.
 */
public final class Profiler implements AutoCloseable {
    private final Path file;
    private final Stacks stacks = new Stacks();
    private FlightRecording recording;
    private boolean closed;

    private Profiler(Path file) {
        this.file = file;
        this.recording = FlightRecording.start(file);
    }

    /**
     * Starts to record into {@code folder}, which must exist; fails with {@link JobFailedException} if this machine does
     * not allow it.
     */
    public static Profiler start(Path folder) {
        return new Profiler(folder.resolve("profile.jfr"));
    }

    /** Returns the stacks since the start; the recording goes on. */
    public synchronized String stacks(int limit) {
        if (!closed) {
            stacks.add(recording.finish());
            recording = FlightRecording.start(file);
        }
        return stacks.text(limit);
    }

    /** Ends the recording and returns the stacks since the start. */
    public synchronized String finish(int limit) {
        close();
        return stacks.text(limit);
    }

    /** Ends the recording, whose stacks {@link #finish} still returns. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            stacks.add(recording.finish());
        }
    }
}
