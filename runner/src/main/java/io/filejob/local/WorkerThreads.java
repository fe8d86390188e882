package io.filejob.local;

import io.filejob.engine.CountedWork;
import io.filejob.failure.JobFailedException;
import io.filejob.worker.Worker;
import io.filejob.worker.WorkerSetup;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Workers as threads of this process. */
final class WorkerThreads implements Workers {
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final Duration AT_ONCE = Duration.ofMillis(250);
    private static final int NO_SLICE = -1;

    private final LocalJob job;
    private final Clock clock;
    private final BlockingQueue<End> ends = new LinkedBlockingQueue<>();
    private final CrashCounter deaths;
    private final List<RunningThread> running = new ArrayList<>();
    private boolean stopped;

    /** How a worker ended: with the job committed, stopped, or with {@code error}. */
    private record End(
            int index,
            boolean committed,
            OptionalInt slice,
            @Nullable Throwable error) {}

    private record RunningThread(Worker worker, Thread thread) {}

    WorkerThreads(LocalJob job, Clock clock) {
        this.job = job;
        this.clock = clock;
        this.deaths = new CrashCounter(job.workers());
    }

    @Override
    public void await() throws InterruptedException {
        for (int index = 0; index < job.workers(); index++) {
            start(index);
        }
        while (!isStopped()) {
            End end = ends.take();
            if (end.committed()) {
                return;
            }
            if (isStopped()) {
                break;
            }
            if (end.error() instanceof JobFailedException failure) {
                throw failure;
            }
            if (end.error() != null) {
                deaths.add(end.slice(), end.error().toString());
                start(end.index());
            }
        }
        throw new InterruptedException();
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private synchronized void start(int index) {
        if (stopped) {
            return;
        }
        String attempt = UUID.randomUUID().toString();
        AtomicInteger slice = new AtomicInteger(NO_SLICE);
        Worker worker = new Worker(new WorkerSetup(
                job.job().spec(),
                job.plan(),
                job.store(),
                job.storage(),
                job.partials(),
                job.options().inlineBytes(),
                new WorkerSetup.Identity(index, job.workers(), attempt),
                job.scratch().resolve(attempt),
                new CountedWork(slice::set, job.inFlight()::read),
                clock));
        Thread thread = Thread.ofPlatform().daemon().name("worker-" + index).unstarted(() -> {
            try {
                ends.add(new End(index, worker.run(), OptionalInt.empty(), null));
            } catch (Throwable e) {
                // Even an error such as running out of memory ends only this worker.
                int at = slice.get();
                ends.add(new End(index, false, at == NO_SLICE ? OptionalInt.empty() : OptionalInt.of(at), e));
            }
        });
        running.add(new RunningThread(worker, thread));
        thread.start();
    }

    @Override
    public synchronized void stopAtOnce() {
        running.forEach(each -> each.worker().stop());
        try {
            running.forEach(each -> each.worker().commit());
        } catch (JobFailedException lost) {
            // What cannot be committed is done again.
            running.forEach(each -> each.thread().interrupt());
        }
        stop(Duration.ZERO, AT_ONCE);
    }

    @Override
    public void stop(Duration grace) {
        stop(grace, LAST_WORDS);
    }

    /** Stops all workers within {@code grace} or, after an interrupt, {@code lastWords} in all. */
    private synchronized void stop(Duration grace, Duration lastWords) {
        stopped = true;
        running.forEach(each -> each.worker().stop());
        try {
            long deadline = System.nanoTime() + grace.toNanos();
            for (RunningThread each : running) {
                each.thread().join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
            // The interrupt also ends a read in the middle of a slice.
            running.forEach(each -> each.thread().interrupt());
            long end = System.nanoTime() + lastWords.toNanos();
            for (RunningThread each : running) {
                each.thread().join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.clear();
    }
}
