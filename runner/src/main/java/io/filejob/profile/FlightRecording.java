package io.filejob.profile;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;

/**
 * A recording of this process by JDK Flight Recorder. It samples the stack of each Java thread once for every {@link #INTERVAL}
 * of its CPU time or, on systems other than Linux, while it runs Java code. Native code appears as the Java method that
 * called it.
 *
 * <p>When the process is stopped by a signal, the recorder writes the recording itself, so that {@link #finish} succeeds
 * in a shutdown hook, too.
 */
final class FlightRecording {
    /** Time between two samples of a thread. */
    static final Duration INTERVAL = Duration.ofMillis(10);

    private static final String CPU_TIME = "jdk.CPUTimeSample";

    /** Whether this system can measure the CPU time of threads; other systems sample threads that run. */
    static final boolean HAS_CPU_TIME = System.getProperty("os.name").equals("Linux");

    /** Limit of waiting for the recorder, which writes some megabytes at the end of the process. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Recording recording;
    private final Path file;
    private final CountDownLatch closed = new CountDownLatch(1);

    private FlightRecording(Recording recording, Path file) {
        this.recording = recording;
        this.file = file;
    }

    /** Starts a recording, which is written to {@code file}; fails with {@link ExitCode#STORE_LOST}. */
    static FlightRecording start(Path file) {
        try {
            Recording recording = new Recording();
            FlightRecording started = new FlightRecording(recording, file);
            FlightRecorder.addListener(new FlightRecorderListener() {
                @Override
                public void recordingStateChanged(Recording changed) {
                    if (changed.equals(recording) && changed.getState() == RecordingState.CLOSED) {
                        FlightRecorder.removeListener(this);
                        started.closed.countDown();
                    }
                }
            });
            if (HAS_CPU_TIME) {
                recording.enable(CPU_TIME).with("throttle", INTERVAL.toMillis() + "ms");
            } else {
                recording.enable("jdk.ExecutionSample").withPeriod(INTERVAL);
            }
            recording.setDestination(file);
            recording.setDumpOnExit(true);
            recording.start();
            return started;
        } catch (IOException | IllegalStateException e) {
            throw new JobFailedException(ExitCode.STORE_LOST, "the profile cannot be recorded: " + e.getMessage(), e);
        }
    }

    /** Ends the recording and returns its stacks as {@link Stacks} reads them; the file is deleted. */
    String finish() {
        try {
            if (recording.getState() == RecordingState.RUNNING) {
                recording.stop();
            }
        } catch (IllegalStateException e) {
            // The process is being stopped, and the recorder has ended the recording in the meantime.
            recording.getState();
        }
        try {
            if (!closed.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the recorder does not end");
            }
            return FlameGraphs.collapsed(file);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST, "the profile cannot be read from " + file + ": " + IoReason.of(e), e);
        } finally {
            recording.close();
            delete();
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".collapsed"));
        } catch (IOException e) {
            // The folder is deleted later as a whole.
            return;
        }
    }
}
