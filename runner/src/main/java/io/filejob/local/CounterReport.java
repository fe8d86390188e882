package io.filejob.local;

import io.filejob.metrics.WorkCounters;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The lines with which a worker process reports the increases of its counters to its parent, twice a second from a daemon
 * thread, and at its end.
 */
public final class CounterReport implements AutoCloseable {
    /** The beginning of such a line; the increases in the order of {@link WorkCounters#values} follow. */
    static final String PREFIX = "counters: ";
    /** The end of a line, which is missing if the process was killed while it wrote the line. */
    private static final String END = " end";

    private static final long INTERVAL_MILLIS = 500;

    private final PrintWriter out;
    private final CountDownLatch closed = new CountDownLatch(1);
    private long[] reported = WorkCounters.ofProcess().values();

    /** Starts reporting on {@code out}, the standard output of the process. */
    public CounterReport(PrintWriter out) {
        this.out = out;
        Thread.ofPlatform().daemon().name("counters").start(() -> {
            try {
                while (!closed.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                    report();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private synchronized void report() {
        long[] now = WorkCounters.ofProcess().values();
        long[] increases = new long[now.length];
        Arrays.setAll(increases, i -> now[i] - reported[i]);
        reported = now;
        if (Arrays.stream(increases).anyMatch(increase -> increase != 0)) {
            out.println(line(increases));
            out.flush();
        }
    }

    /** Returns the line that reports {@code increases}. */
    static String line(long[] increases) {
        return PREFIX + LongStream.of(increases).mapToObj(Long::toString).collect(Collectors.joining(" ")) + END;
    }

    /** Reports the last increases. */
    @Override
    public void close() {
        closed.countDown();
        report();
    }

    /** The counters of a worker process, which are added to those of this process. For one thread. */
    static final class ReceivedCounters {
        private final WorkCounters sum;
        private final WorkCounters ofWorker = new WorkCounters();

        /** Creates a receiver that adds the reports of one process to {@code sum}. */
        ReceivedCounters(WorkCounters sum) {
            this.sum = sum;
        }

        /** Adds a report. A line that was cut off when the process was killed is ignored. */
        void add(String line) {
            if (!line.endsWith(END)) {
                return;
            }
            long[] increases = Arrays.stream(line.substring(PREFIX.length(), line.length() - END.length())
                            .split(" ", -1))
                    .mapToLong(Long::parseLong)
                    .toArray();
            ofWorker.add(increases);
            sum.add(increases);
        }

        /** Subtracts what an ended process was fetching. */
        void end() {
            sum.fetching(-ofWorker.fetchingBytes());
        }
    }
}
