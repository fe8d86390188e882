package io.filejob.work;

import io.filejob.job.Coverage;
import io.filejob.job.Ledger;
import io.filejob.job.Plan;
import io.filejob.job.SliceResult;
import io.filejob.job.Stage;
import io.filejob.job.Tolerance;
import io.filejob.job.TrueLines;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import io.filejob.model.OutputSpec;
import io.filejob.op.Operations;
import io.filejob.op.SliceWork;
import io.filejob.storage.Places;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One attempt of one worker. It does its stripe, every W-th slice, and then what nobody else has done, stage by stage,
 * until all of the job is committed. Workers never talk to each other: each only adds to its own ledger and reads those
 * of the others.
 *
 * <p>{@link #run} is for one thread, {@link #stop} for any.
 */
public final class Worker {
    /** How long what was read of the others' ledgers is good enough to choose from. */
    private static final Duration FRESH = Duration.ofMillis(100);

    private static final Duration LEAST_PATIENCE = Duration.ofMillis(200);
    private static final Duration LEAST_POLL = Duration.ofMillis(5);
    private static final Duration MOST_POLL = Duration.ofSeconds(1);

    private final WorkerSetup setup;
    private final Plan plan;
    private final LedgerWriter ledger;
    private final Stealing stealing;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final SliceTimes times = new SliceTimes();
    private Duration readTime = Duration.ZERO;

    /** A worker that has not begun. */
    public Worker(WorkerSetup setup) {
        this.setup = setup;
        this.plan = setup.plan();
        WorkerSetup.Identity identity = setup.identity();
        this.ledger = new LedgerWriter(setup.store(), setup.clock(), identity.index(), identity.attempt());
        this.stealing = new Stealing(identity.index(), identity.workers());
    }

    /**
     * Works until all of the job is committed, by whomever, and then returns true; or until {@link #stop} and then returns
     * false, with what it has finished committed. {@link JobFailure} if the job cannot be completed.
     */
    public boolean run() {
        try (SliceWork slices = Operations.slices(setup.spec(), plan.slicing(), setup.scratch(), setup.base())) {
            Coverage coverage = read();
            for (Stage stage : plan.stages()) {
                if (!stripe(stage, coverage, slices)) {
                    return false;
                }
                ledger.flush();
                coverage = rest(stage, slices);
                if (!coverage.isComplete(stage)) {
                    return false;
                }
                Tolerance.check(setup.spec().tolerated(), coverage);
            }
            return true;
        } finally {
            if (!Thread.currentThread().isInterrupted()) {
                ledger.flush();
            }
        }
    }

    /** Makes {@link #run} return after the slice that it is at. */
    public void stop() {
        stop.countDown();
    }

    private boolean stopped() {
        return stop.getCount() == 0;
    }

    /** Its own slices, but for those that an earlier attempt has done. */
    private boolean stripe(Stage stage, Coverage coverage, SliceWork slices) {
        WorkerSetup.Identity identity = setup.identity();
        var own = Plan.stripe(stage, identity.index(), identity.workers())
                .filter(coverage::isMissing)
                .iterator();
        while (own.hasNext()) {
            if (stopped()) {
                return false;
            }
            perform(stage, own.next(), OptionalLong.empty(), coverage, slices);
        }
        return true;
    }

    /** What is left of the stage when its own slices are done. Returns when it is complete, or after a stop. */
    private Coverage rest(Stage stage, SliceWork slices) {
        Coverage coverage = read();
        Instant readAt = setup.clock().instant();
        Instant progressAt = readAt;
        BitSet taken = new BitSet();
        while (!coverage.isComplete(stage) && !stopped()) {
            fail(coverage);
            Coverage seen = coverage;
            boolean patient = setup.clock().instant().isBefore(progressAt.plus(patience()));
            OptionalInt next = stealing.behind(seen, stage, taken::get);
            if (next.isEmpty() && !patient) {
                next = stealing.any(seen, stage, taken::get);
            }
            boolean fresh = setup.clock().instant().isBefore(readAt.plus(FRESH));
            if (!redoOne(stage, seen, taken, slices)) {
                if (next.isPresent()) {
                    taken.set(next.getAsInt());
                    perform(stage, next.getAsInt(), OptionalLong.empty(), seen, slices);
                } else {
                    ledger.flush();
                    pause();
                    fresh = false;
                }
            }
            if (!fresh) {
                Coverage now = read();
                readAt = setup.clock().instant();
                progressAt = now.done() > seen.done() ? readAt : progressAt;
                taken.clear();
                coverage = now;
            }
        }
        ledger.flush();
        return coverage;
    }

    /** Does one of the slices again that had guessed their start wrong. Thieves begin at different ones. */
    private boolean redoOne(Stage stage, Coverage coverage, BitSet taken, SliceWork slices) {
        SortedMap<Integer, Long> wrong = coverage.wrongStarts();
        List<Integer> open = new ArrayList<>(
                wrong.keySet().stream().filter(slice -> !taken.get(slice)).toList());
        if (open.isEmpty()) {
            return false;
        }
        int slice = open.get(setup.identity().index() % open.size());
        taken.set(slice);
        perform(stage, slice, OptionalLong.of(Objects.requireNonNull(wrong.get(slice))), coverage, slices);
        return true;
    }

    private void perform(Stage stage, int slice, OptionalLong start, Coverage coverage, SliceWork slices) {
        setup.inFlight().accept(slice);
        Instant begun = setup.clock().instant();
        SliceResult result =
                switch (stage.kind()) {
                    case MAP -> slices.run(slice, start);
                    case PUBLISH -> publish(stage, coverage);
                };
        times.add(Duration.between(begun, setup.clock().instant()));
        ledger.add(result);
        if (result.failure() != null && result.certain()) {
            ledger.flush();
            fail(read());
        }
    }

    private SliceResult publish(Stage stage, Coverage coverage) {
        OutputSpec output = Objects.requireNonNull(setup.spec().output());
        return Publication.run(
                stage,
                coverage,
                Places.resolve(output.uri(), setup.base()),
                setup.identity().attempt());
    }

    private static void fail(Coverage coverage) {
        SliceResult failed = coverage.failed();
        if (failed != null && failed.failure() != null) {
            throw new JobFailure(
                    ExitCode.BAD_INPUT,
                    TrueLines.failure(coverage, failed, failed.failure()).describe());
        }
    }

    private Coverage read() {
        Instant begun = setup.clock().instant();
        List<Ledger> ledgers = new ArrayList<>(setup.store().ledgers());
        ledgers.add(ledger.snapshot());
        Coverage coverage = Coverage.of(plan, ledgers);
        readTime = Duration.between(begun, setup.clock().instant());
        return coverage;
    }

    private Duration patience() {
        Duration twice = times.mean().multipliedBy(2);
        return twice.compareTo(LEAST_PATIENCE) > 0 ? twice : LEAST_PATIENCE;
    }

    private void pause() {
        // Looking must not cost more than a tenth of the waiting.
        long worthwhile = Math.max(times.mean().toNanos() / 4, readTime.toNanos() * 10);
        long nanos = Math.clamp(worthwhile, LEAST_POLL.toNanos(), MOST_POLL.toNanos());
        try {
            if (stop.await(nanos, TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        }
    }
}
