package io.filejob.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailedException;
import io.filejob.model.RejectedRecord;
import io.filejob.model.RowCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CoverageTest {
    private static final Cut CUT = new Cut(Cut.PROTOCOL, 10, 0, 0, 0);

    /** One file of 40 bytes in four slices. */
    private static final Plan PLAN =
            new Plan(new Fingerprint("s", "i", CUT), FileSlicingTest.slicing(10, 40), 0, false, false);

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
    void copiesThatAgreeCountOnce() {
        SliceResult[] all = {certain(0, 0, 12), guessed(1, 12, 20), guessed(2, 20, 33), guessed(3, 33, 40)};
        Coverage coverage = Coverage.of(PLAN, List.of(ledger("a", all), ledger("b", all)));
        assertThat(coverage.isComplete()).isTrue();
        assertThat(coverage.rows()).isEqualTo(new RowCounts(4, 4, 0));
    }

    @Test
    void ofCopiesThatDifferOneIsTakenWhateverTheOrderAndTheSliceIsNamed() {
        SliceResult[] rest = {guessed(1, 12, 20), guessed(2, 20, 33), guessed(3, 33, 40)};
        List<Ledger> ledgers = List.of(
                ledger("a", summed(certain(0, 0, 12), "1")),
                ledger("b", summed(certain(0, 0, 12), "2")),
                ledger("c", summed(certain(0, 0, 12), "3")),
                ledger("d", rest));
        Coverage coverage = Coverage.of(PLAN, ledgers);
        assertThat(coverage.isComplete()).isTrue();
        assertThat(coverage.conflicts())
                .singleElement()
                .asString()
                .startsWith("slice 0: ")
                .contains("worker 0, attempt a", "attempt b");
        Coverage other = Coverage.of(PLAN, ledgers.reversed());
        assertThat(other.results()).isEqualTo(coverage.results());
        assertThat(other.rows()).isEqualTo(new RowCounts(4, 4, 0));
    }

    @Test
    void aCopyThatEndsElsewhereIsTakenOrNotAndTheChainFollows() {
        List<Ledger> ledgers = List.of(
                ledger("a", certain(0, 0, 12), guessed(1, 12, 20), guessed(2, 20, 33), guessed(3, 33, 40)),
                ledger("b", certain(0, 0, 13), guessed(1, 13, 20)));
        Coverage coverage = Coverage.of(PLAN, ledgers);
        assertThat(coverage.isComplete()).isTrue();
        assertThat(coverage.results().get(1).start())
                .isEqualTo(coverage.results().getFirst().end());
        assertThat(Coverage.of(PLAN, ledgers.reversed()).results()).isEqualTo(coverage.results());
    }

    @Test
    void aCopyWithoutTheFailureOfAnotherSavesTheJob() {
        Coverage coverage = Coverage.of(PLAN, List.of(ledger("a", failed(0, 0, true)), ledger("b", certain(0, 0, 12))));
        assertThat(coverage.failed()).isNull();
        assertThat(coverage.conflicts()).hasSize(1);
    }

    private static SliceResult summed(SliceResult result, String sum) {
        return new SliceResult(
                result.slice(),
                result.start(),
                result.end(),
                true,
                1,
                result.bytes(),
                result.rows(),
                List.of(),
                null,
                null,
                new AveragePartial(sum, 1));
    }

    /** One slice of the input, one part, one output. */
    private static final Plan STAGES =
            new Plan(new Fingerprint("s", "i", CUT), FileSlicingTest.slicing(10, 10), 1, true, true);

    private static final Stage REDUCE = STAGES.stages().get(1);

    @Test
    void whatWasMadeFromAnotherCopyIsDoneAgain() {
        SliceResult one = summed(certain(0, 0, 10), "1");
        SliceResult two = summed(certain(0, 0, 10), "2");
        String ofOne = Coverage.of(STAGES, List.of(ledger("a", one))).basis(REDUCE);
        String ofTwo = Coverage.of(STAGES, List.of(ledger("a", two))).basis(REDUCE);
        assertThat(ofOne).isNotEqualTo(ofTwo);
        Coverage both =
                Coverage.of(STAGES, List.of(ledger("a", one, reduced(ofOne)), ledger("b", two, reduced(ofTwo))));
        assertThat(both.partials(REDUCE))
                .singleElement()
                .isEqualTo(reduced(both.basis(REDUCE)).partial());
        String other = both.basis(REDUCE).equals(ofOne) ? ofTwo : ofOne;
        Coverage stale = Coverage.of(STAGES, List.of(ledger("a", one, two, reduced(other))));
        assertThat(stale.isComplete(REDUCE)).isFalse();
        assertThat(stale.isMissing(REDUCE.first())).isTrue();
    }

    private static SliceResult reduced(String basis) {
        return SliceResult.later(REDUCE.first(), new ReducedPartial("range-0", 1, 2, 3, List.of(), basis));
    }

    @Test
    void aLostResultIsDoneAgainAndTheNextOneCounts() {
        SliceResult map = certain(0, 0, 10);
        String basis = Coverage.of(STAGES, List.of(ledger("a", map))).basis(REDUCE);
        Ledger writer = ledger("a", map, reduced(basis));
        Ledger copy = ledger("b", reduced(basis));
        Coverage before = Coverage.of(STAGES, List.of(writer, copy));
        assertThat(before.isComplete(REDUCE)).isTrue();
        assertThat(before.losses("range-1"::equals)).isEmpty();
        List<Loss> losses = before.losses("range-0"::equals);
        assertThat(losses)
                .containsExactlyInAnyOrder(
                        new Loss(REDUCE.first(), "a", 1, "range-0"), new Loss(REDUCE.first(), "b", 0, "range-0"));

        Ledger reader = new Ledger("f", 1, "c", List.of(), losses);
        assertThat(Coverage.of(STAGES, List.of(writer, copy, reader)).isComplete(REDUCE))
                .isFalse();
        Ledger again = new Ledger("f", 1, "c", List.of(reduced(basis)), losses);
        assertThat(Coverage.of(STAGES, List.of(writer, copy, again)).isComplete(REDUCE))
                .isTrue();
    }

    @Test
    void aSliceThatIsLostAgainAndAgainIsNamed() {
        List<Loss> losses = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            losses.add(new Loss(REDUCE.first(), "a", i, "range-0"));
        }
        Ledger reader = new Ledger("f", 1, "c", List.of(), losses);
        assertThatThrownBy(() -> Coverage.of(STAGES, List.of(reader)))
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORE_LOST))
                .hasMessageContainingAll("slice " + REDUCE.first(), "range-0", "again and again");
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
            Plan plan = new Plan(new Fingerprint("s", "i", CUT), mine, 0, false, false);
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
        return new SliceResult(
                result.slice(),
                result.start(),
                result.end(),
                true,
                1,
                bytes,
                rows,
                List.of(),
                null,
                null,
                result.partial());
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
        Plan plan = new Plan(new Fingerprint("s", "i", CUT), FileSlicingTest.slicing(10, 15, 25), 0, false, false);
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

    private static Ledger ledger(String attempt, SliceResult... results) {
        return new Ledger(PLAN.fingerprint().combined(), 0, attempt, Arrays.asList(results));
    }

    private static SliceResult certain(int slice, long start, long end) {
        return result(slice, start, end, true);
    }

    private static SliceResult guessed(int slice, long start, long end) {
        return result(slice, start, end, false);
    }

    private static SliceResult result(int slice, long start, long end, boolean certain) {
        return new SliceResult(
                slice,
                start,
                end,
                certain,
                1,
                end - start,
                new RowCounts(1, 1, 0),
                List.of(),
                null,
                null,
                new AveragePartial("1", 1));
    }

    private static SliceResult failed(int slice, long start, boolean certain) {
        return new SliceResult(
                slice,
                start,
                start,
                certain,
                0,
                0,
                RowCounts.NONE,
                List.of(),
                bad(0, 1),
                null,
                new AveragePartial("0", 0));
    }

    private static SliceResult withSample(int slice, long start, long end, long lines, Rejection... samples) {
        return new SliceResult(
                slice,
                start,
                end,
                true,
                lines,
                end - start,
                new RowCounts(1, 0, 1),
                Arrays.asList(samples),
                null,
                null,
                new AveragePartial("0", 0));
    }

    private static Rejection bad(long file, long line) {
        return new Rejection(file, line, false, null, "not a number", "x");
    }
}
