package io.filejob.service.local;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The jobs that wait, in the order of their creation; a limited number runs at once. Thread-safe. */
final class JobQueue {
    private final int limit;
    private final TreeSet<JobEntry> waiting = new TreeSet<>(JobEntry.ORDER);
    private Consumer<JobEntry> work = job -> {};
    private int running;
    private boolean open;

    /** Creates a queue that starts nothing before {@link #open}; at most {@code limit} jobs run at once. */
    JobQueue(int limit) {
        this.limit = limit;
    }

    /** Begins to start jobs: each is passed to {@code runner} in a thread of its own, and runs until that returns. */
    synchronized void open(Consumer<JobEntry> runner) {
        work = runner;
        open = true;
        startNext();
    }

    /** Starts no further jobs. */
    synchronized void close() {
        open = false;
    }

    /** Adds a job. */
    synchronized void add(JobEntry job) {
        waiting.add(job);
        startNext();
    }

    /** Removes a job if it is waiting. */
    synchronized void remove(JobEntry job) {
        waiting.remove(job);
    }

    /** Returns the number of jobs that start before {@code job}; -1 if it is not waiting. */
    synchronized int ahead(JobEntry job) {
        return waiting.contains(job) ? waiting.headSet(job).size() : -1;
    }

    /** Returns the jobs that wait. */
    synchronized List<JobEntry> waiting() {
        return List.copyOf(waiting);
    }

    /** Returns the numbers of jobs by state. */
    synchronized Map<String, Integer> counts() {
        return Map.of("queued", waiting.size(), "running", running);
    }

    private void startNext() {
        while (open && running < limit && !waiting.isEmpty()) {
            JobEntry job = waiting.removeFirst();
            running++;
            Thread.ofVirtual().start(() -> run(job));
        }
    }

    private void run(JobEntry job) {
        try {
            work.accept(job);
        } finally {
            synchronized (this) {
                running--;
                startNext();
            }
        }
    }
}
