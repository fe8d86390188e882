package io.filejob.local;

import io.filejob.engine.CountedWork;
import java.io.PrintWriter;
import java.time.Duration;

/** The lines with which a worker process reports to its parent how much of its slice it has read. For one worker. */
public final class ReadReport implements CountedWork.ReadListener {
    /** The beginning of such a line; the number of the slice and the number of bytes follow. */
    static final String PREFIX = "read: ";

    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final PrintWriter out;
    private long due = System.nanoTime();

    /** Creates a report on {@code out}, the standard output of the process. */
    public ReadReport(PrintWriter out) {
        this.out = out;
    }

    @Override
    public synchronized void read(int slice, long bytes) {
        long now = System.nanoTime();
        if (now - due >= 0) {
            due = now + INTERVAL.toNanos();
            out.println(PREFIX + slice + " " + bytes);
            out.flush();
        }
    }

    /** Passes a line of a worker process on. A line that was cut off when the process was killed is ignored. */
    static void receive(String line, SlicesInFlight inFlight) {
        String[] numbers = line.substring(PREFIX.length()).split(" ", -1);
        if (numbers.length != 2) {
            return;
        }
        try {
            inFlight.read(Integer.parseInt(numbers[0]), Long.parseLong(numbers[1]));
        } catch (NumberFormatException e) {
            return;
        }
    }
}
