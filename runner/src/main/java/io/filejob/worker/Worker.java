package io.filejob.worker;

import io.filejob.coverage.Coverage;
import io.filejob.coverage.LineNumbers;
import io.filejob.coverage.Tolerance;
import io.filejob.engine.Operations;
import io.filejob.engine.SliceWork;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.Loss;
import io.filejob.ledger.LostPartialException;
import io.filejob.ledger.SliceResult;
import io.filejob.metrics.SliceOrigin;
import io.filejob.plan.Plan;
import io.filejob.plan.Stage;
import io.filejob.storage.state.ProgressSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;

/**
 * One attempt of one worker. It processes its stripe, every W-th slice, and then the slices that are still open, stage
 * by stage, until the whole job is committed. Workers never communicate directly: each only adds to its own ledger and
 * looks at the progress of the others. It reads all ledgers when a stage seems complete, to prove that it is.
 *
 * <p>{@link #run} is for one thread, {@link #stop} and {@link #commit} for any.
 */
public final class Worker {
    private final WorkerSetup setup;
    private final Plan plan;
    private final LedgerWriter ledger;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final SliceTimes times = new SliceTimes();
    private final ProgressPoller looking;
    /** The slices whose results this worker has reported as lost and has not repeated yet. */
    private final BitSet reported = new BitSet();

    private int workers;

    /** Creates a worker, which does not begin before {@link #run}. */
    public Worker(WorkerSetup setup) {
        this.setup = setup;
        this.plan = setup.plan();
        WorkerSetup.Identity identity = setup.identity();
        this.ledger = new LedgerWriter(setup.store(), setup.clock(), identity.index(), identity.attempt());
        this.looking = new ProgressPoller(setup.store(), setup.clock(), stop);
        this.workers = identity.workers();
    }

    /**
     * Works until the whole job is committed, by this or other workers, and then returns true, or until {@link #stop}
     * and then returns false, with its finished results committed. Throws {@link JobFailedException} if the job cannot be
     * completed.
     */
    public boolean run() {
        try (SliceWork slices = Operations.slices(setup.operation());
                LedgerTimer _ = LedgerTimer.of(ledger)) {
            return run(slices);
        } catch (JobFailedException failure) {
            if (failure.exitCode() == ExitCode.STORE_LOST && read().isComplete()) {
                return true;
            }
            throw failure;
        } finally {
            if (!Thread.currentThread().isInterrupted()) {
                ledger.flush();
            }
        }
    }

    private boolean run(SliceWork slices) {
        LossRecovery recovery = new LossRecovery(setup.identity().index(), setup.partials());
        while (true) {
            try {
                return stages(slices);
            } catch (JobFailedException failure) {
                if (failure.exitCode() != ExitCode.STORE_LOST) {
                    throw failure;
                }
                List<Ledger> ledgers = ledgers();
                Coverage known = Coverage.of(plan, ledgers);
                if (known.isComplete()) {
                    // The worker that committed the job has deleted the intermediate files, but not those that this one
                    // has written since.
                    slices.cleanUp(known);
                    return true;
                }
                if (!(failure instanceof LostPartialException lost)) {
                    throw failure;
                }
                List<Loss> losses = recovery.losses(lost, known, ledgers);
                losses.forEach(loss -> reported.set(loss.slice()));
                ledger.lose(losses);
            }
        }
    }

    private boolean stages(SliceWork slices) {
        Coverage proved = Coverage.of(plan, List.of());
        List<Stage> all = plan.stages();
        int next = 0;
        while (next < all.size()) {
            Stage stage = all.get(next++);
            if (proved.isComplete(stage) && stage.kind() != Stage.Kind.MAP) {
                continue;
            }
            if (!stripe(stage, proved, slices)) {
                return false;
            }
            ledger.flush();
            Coverage now = rest(stage, proved, slices);
            if (!now.confirms(proved, stage)) {
                // A late copy of an earlier slice differs, so the earlier stages are open again.
                next = 0;
            } else if (!now.isComplete(stage)) {
                return false;
            } else {
                Tolerance.check(setup.spec().tolerated(), now);
            }
            proved = now;
        }
        slices.cleanUp(proved);
        return true;
    }

    /** Makes {@link #run} return after the current slice. */
    public void stop() {
        stop.countDown();
    }

    /** Commits the results finished so far, regardless of the progress of {@link #run}. */
    public void commit() {
        ledger.flush();
    }

    /** Writes the ledger again, with the current {@link io.filejob.time.Waits} of this process. */
    public void report() {
        ledger.renew();
    }

    /** Returns the number of slices that this worker has processed. */
    public int performed() {
        return times.count();
    }

    private boolean stopped() {
        return stop.getCount() == 0;
    }

    /**
     * Processes this worker's own slices, except those that are already done. W may change meanwhile, and with it the
     * worker's own slices.
     */
    private boolean stripe(Stage stage, Coverage proved, SliceWork slices) {
        ProgressSnapshot look = look();
        int from = stage.first();
        while (!stopped()) {
            OptionalInt next = new SliceChoice(setup.identity().index(), workers).own(look.done(), stage, from);
            if (next.isEmpty()) {
                return true;
            }
            perform(stage, next.getAsInt(), OptionalLong.empty(), SliceOrigin.OWN, proved, slices);
            from = next.getAsInt() + 1;
            if (looking.isDue()) {
                int before = workers;
                look = look();
                from = workers == before ? from : stage.first();
                if (look.failed()) {
                    fail(read());
                }
            }
        }
        return false;
    }

    /**
     * Processes open slices of the stage after this worker's own. Returns when the stage is complete, when {@code proved}
     * no longer holds, or after a stop.
     */
    private Coverage rest(Stage stage, Coverage proved, SliceWork slices) {
        ProgressSnapshot look = look();
        Instant progressAt = setup.clock().instant();
        BitSet taken = new BitSet();
        BitSet performed = new BitSet();
        boolean first = true;
        while (!stopped()) {
            if (look.covers(stage) || look.failed() || look.contradicts(stage, performed)) {
                if (first) {
                    looking.waitForRank(rank(stage));
                    first = false;
                }
                Coverage coverage = read();
                fail(coverage);
                if (coverage.isComplete(stage) || !coverage.confirms(proved, stage)) {
                    ledger.flush();
                    return coverage;
                }
                look = ProgressSnapshot.of(coverage, OptionalInt.of(workers));
            }
            SliceChoice choice = new SliceChoice(setup.identity().index(), workers);
            boolean patient = setup.clock().instant().isBefore(progressAt.plus(looking.patience(times.mean())));
            OptionalInt next = choice.fromSlowestStripe(look.done(), stage, taken::get);
            if (next.isEmpty()) {
                next = patient
                        ? SliceChoice.lost(reported, look.done(), stage)
                        : choice.anyRemaining(look.done(), stage, taken::get);
            }
            boolean fresh = looking.isFresh();
            OptionalInt again = choice.wrong(look.wrongStarts().keySet(), taken::get);
            if (again.isPresent()) {
                int slice = again.getAsInt();
                taken.set(slice);
                long start = Objects.requireNonNull(look.wrongStarts().get(slice));
                perform(stage, slice, OptionalLong.of(start), SliceOrigin.REPEATED, proved, slices);
                fresh &= choice.wrong(look.wrongStarts().keySet(), taken::get).isPresent();
            } else if (next.isPresent()) {
                taken.set(next.getAsInt());
                perform(stage, next.getAsInt(), OptionalLong.empty(), SliceOrigin.STOLEN, proved, slices);
            } else {
                ledger.flush();
                looking.pause(times.mean());
                fresh = false;
            }
            if (!fresh) {
                ProgressSnapshot now = look();
                progressAt = now.count() > look.count() ? setup.clock().instant() : progressAt;
                performed.or(taken);
                taken.clear();
                look = now;
            }
        }
        ledger.flush();
        return proved;
    }

    /** Returns this worker's rank at the end of a stage: 0 for the owner of the slice after it. */
    private int rank(Stage stage) {
        return Math.floorMod(setup.identity().index() - stage.first() - stage.slices(), workers);
    }

    private void perform(
            Stage stage, int slice, OptionalLong start, SliceOrigin origin, Coverage proved, SliceWork slices) {
        setup.inFlight().begin(slice);
        reported.clear(slice);
        Instant begun = setup.clock().instant();
        SliceResult result;
        try {
            result = slices.perform(stage, slice, start, proved);
        } catch (RuntimeException e) {
            setup.inFlight().failed(stage, slice, begun, setup.clock().instant(), e);
            throw e;
        }
        Instant ended = setup.clock().instant();
        Duration time = Duration.between(begun, ended);
        times.add(time);
        SliceCount.add(stage.kind(), result, origin, time);
        setup.inFlight().finished(stage, result, begun, ended);
        ledger.add(result);
        if (result.failure() != null && result.certain()) {
            ledger.flush();
            fail(read());
        }
    }

    private static void fail(Coverage coverage) {
        SliceResult failed = coverage.failed();
        if (failed != null && failed.failure() != null) {
            throw new JobFailedException(
                    ExitCode.BAD_INPUT,
                    LineNumbers.failure(coverage, failed, failed.failure()).describe());
        }
    }

    private ProgressSnapshot look() {
        ProgressSnapshot look = looking.look(plan, ledger.snapshot());
        workers = look.workers().orElse(workers);
        return look;
    }

    private Coverage read() {
        return Coverage.of(plan, ledgers());
    }

    private List<Ledger> ledgers() {
        List<Ledger> ledgers = new ArrayList<>(setup.store().ledgers());
        ledgers.add(ledger.snapshot());
        return ledgers;
    }
}
