package io.filejob.coverage;

import static io.filejob.coverage.SliceResults.bad;
import static io.filejob.coverage.SliceResults.certain;
import static io.filejob.coverage.SliceResults.failed;
import static io.filejob.coverage.SliceResults.guessed;
import static io.filejob.coverage.SliceResults.ledger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.AveragePartial;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.Rejection;
import io.filejob.ledger.SliceResult;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.FileSlicingTest;
import io.filejob.plan.Fingerprint;
import io.filejob.plan.Plan;
import io.filejob.status.RejectedRecord;
import io.filejob.status.RowCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CoverageTest {
    private static final Plan PLAN = SliceResults.PLAN;

    @Test
    void resultsThatFollowEachOtherAreComplete() {
        Coverage coverage = cover(certain(0, 0, 12), guessed(1, 12, 20), guessed(2, 20, 33), guessed(3, 33, 40));
        assertThat(coverage.isComplete()).isTrue();
        assertThat(coverage.done()).isEqualTo(4);
        assertThat(coverage.rows()).isEqualTo(new RowCounts(4, 4, 0));
    }

    @Test
    void aSliceWithoutAResultIsMissing() {
        Coverage coverage = cover(certain(0, 0, 12), guessed(2, 20, 33), guessed(3, 33, 40));
        assertThat(coverage.isComplete()).isFalse();
        assertThat(coverage.missing().stream()).containsExactly(1);
    }

    @Test
    void aSliceThatBeganElsewhereThanWhereTheOneBeforeEndedMustBeDoneAgain() {
        Coverage coverage = cover(certain(0, 0, 12), guessed(1, 15, 20), guessed(2, 20, 33), guessed(3, 33, 40));
        assertThat(coverage.isComplete()).isFalse();
        assertThat(coverage.wrongStarts()).containsExactly(java.util.Map.entry(1, 12L));
    }

    @Test
    void theResultWithTheRightStartIsChosen() {
        Coverage coverage = cover(
                certain(0, 0, 12), guessed(1, 15, 25), guessed(1, 12, 20), guessed(2, 20, 33), guessed(3, 33, 40));
        assertThat(coverage.isComplete()).isTrue();
        assertThat(coverage.results()).extracting(SliceResult::start).containsExactly(0L, 12L, 20L, 33L);
    }

    @Test
    void aSliceInsideARecordNeedsNoResult() {
        Coverage coverage = cover(certain(0, 0, 31), guessed(1, 14, 20), guessed(3, 31, 40));
        assertThat(coverage.isComplete()).isTrue();
        assertThat(coverage.results()).extracting(SliceResult::slice).containsExactly(0, 3);
    }

    @Test
    void aSliceBeyondThePlanIsAnError() {
        assertThatThrownBy(() -> cover(certain(4, 40, 40)))
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORE_LOST));
    }

    /** For any other cut, and any subset of its results. */
    @Test
    void resultsOfAnotherCutAreNotCompleteUnlessTheyHoldEachByteOnce() {
        int refused = 0;
        for (long seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long bytes = random.nextLong(1, 60);
            FileSlicing mine = FileSlicingTest.slicing(random.nextInt(1, 30), bytes);
            FileSlicing theirs = FileSlicingTest.slicing(random.nextInt(1, 30), bytes);
            Plan plan = new Plan(new Fingerprint("s", "i", SliceResults.CUT), mine, 0, false, false);
            List<SliceResult> results = new ArrayList<>();
            for (int slice = 0; slice < theirs.slices(); slice++) {
                if (random.nextInt(8) > 0) {
                    results.add(certain(slice, theirs.begin(slice), theirs.end(slice)));
                }
            }
            try {
                Coverage coverage = Coverage.of(plan, List.of(new Ledger("f", 0, "a", results)));
                if (coverage.isComplete()) {
                    assertWhole(coverage, bytes, seed);
                }
            } catch (JobFailedException failure) {
                assertThat(failure.exitCode()).isEqualTo(ExitCode.STORE_LOST);
                assertThat(failure).hasMessageContainingAll("worker 0", "slice ");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(500);
    }

    private static void assertWhole(Coverage coverage, long bytes, long seed) {
        long position = 0;
        for (SliceResult result : coverage.results()) {
            assertThat(result.start()).as("seed %d", seed).isEqualTo(position);
            position = result.end();
        }
        assertThat(position).as("seed %d", seed).isEqualTo(bytes);
        assertThat(coverage.bytes()).as("seed %d", seed).isEqualTo(bytes);
    }

    @Test
    void aResultThatIsNotOneOfItsSliceIsRefusedByName() {
        SliceResult good = certain(1, 12, 20);
        assertRefused(certain(1, 9, 20), "starts at 9");
        assertRefused(certain(1, 12, 19), "ends at 19");
        assertRefused(certain(1, 25, 24), "ends at 24");
        assertRefused(certain(1, 12, 41), "ends at 41");
        assertRefused(certain(-1, 0, 12), "the plan has 4");
        assertRefused(with(good, 7, good.rows()), "holds 7 bytes");
        assertRefused(with(good, 8, new RowCounts(3, 1, 1)), "3 rows");
        assertRefused(with(good, 8, new RowCounts(0, 1, -1)), "0 rows");
    }

    private static SliceResult with(SliceResult result, long bytes, RowCounts rows) {
        return result.toBuilder()
                .certain(true)
                .lines(1)
                .bytes(bytes)
                .rows(rows)
                .samples(List.of())
                .failure(null)
                .rejects(null)
                .build();
    }

    private static void assertRefused(SliceResult result, String problem) {
        assertThatThrownBy(() -> cover(result))
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORE_LOST))
                .hasMessageContainingAll("worker 0, attempt a", "slice " + result.slice(), problem);
    }

    @Test
    void aFailureCountsOnlyWhereTheStartIsKnownToBeRight() {
        SliceResult failed = failed(2, 20, false);
        assertThat(cover(certain(0, 0, 12), failed).failed())
                .as("slice 1 is missing, so that 2 may have begun in the wrong place")
                .isNull();
        assertThat(cover(certain(0, 0, 12), guessed(1, 12, 20), failed).failed())
                .isEqualTo(failed);
        assertThat(cover(certain(0, 0, 12), guessed(1, 12, 21), failed).failed())
                .isNull();
        assertThat(cover(failed(2, 20, true)).failed()).isNotNull();
    }

    @Test
    void theEarliestFailureIsNamed() {
        assertThat(cover(failed(3, 30, true), failed(1, 10, true)).failed())
                .extracting(SliceResult::slice)
                .isEqualTo(1);
    }

    @Test
    void linesAreCountedFromTheBeginningOfTheFile() {
        Plan plan = new Plan(
                new Fingerprint("s", "i", SliceResults.CUT), FileSlicingTest.slicing(10, 15, 25), 0, false, false);
        Coverage coverage = Coverage.of(
                plan,
                List.of(ledger(
                        "a",
                        withSample(0, 0, 10, 3, bad(0, 2)),
                        // From byte 10 of file 0 to byte 5 of file 1, in which four lines ended.
                        withSample(1, 10, 20, 4, bad(0, 1), bad(1, 1)),
                        withSample(2, 20, 30, 5, bad(1, 1)),
                        withSample(3, 30, 40, 1, bad(1, 2)))));
        assertThat(LineNumbers.samples(coverage, 10))
                .extracting(RejectedRecord::source, RejectedRecord::line)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("/file-0", 2L),
                        org.assertj.core.groups.Tuple.tuple("/file-0", 4L),
                        org.assertj.core.groups.Tuple.tuple("/file-1", 1L),
                        org.assertj.core.groups.Tuple.tuple("/file-1", 5L),
                        org.assertj.core.groups.Tuple.tuple("/file-1", 11L));
        assertThat(LineNumbers.samples(coverage, 2)).hasSize(2);
    }

    private static Coverage cover(SliceResult... results) {
        return Coverage.of(PLAN, List.of(ledger("a", results)));
    }

    private static SliceResult withSample(int slice, long start, long end, long lines, Rejection... samples) {
        return SliceResult.builder(slice, start, end, new AveragePartial("0", 0))
                .lines(lines)
                .bytes(end - start)
                .rows(new RowCounts(1, 0, 1))
                .samples(Arrays.asList(samples))
                .build();
    }
}
