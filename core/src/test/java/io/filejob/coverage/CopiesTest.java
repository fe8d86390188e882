package io.filejob.coverage;

import static io.filejob.coverage.SliceResults.PLAN;
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
import io.filejob.ledger.Loss;
import io.filejob.ledger.Partial;
import io.filejob.ledger.ReducedPartial;
import io.filejob.ledger.SliceResult;
import io.filejob.plan.FileSlicingTest;
import io.filejob.plan.Fingerprint;
import io.filejob.plan.Plan;
import io.filejob.plan.Stage;
import io.filejob.status.RowCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several copies of a slice's result, equal, different or lost. */
final class CopiesTest {
    @Test
    void copiesThatAgreeCountOnce() {
        SliceResult[] all = {certain(0, 0, 12), guessed(1, 12, 20), guessed(2, 20, 33), guessed(3, 33, 40)};
        Coverage coverage = Coverage.of(PLAN, List.of(ledger("a", all), ledger("b", all)));
        assertThat(coverage.isComplete()).isTrue();
        assertThat(coverage.rows()).isEqualTo(new RowCounts(4, 4, 0));
    }

    @Test
    void ofCopiesThatDifferTheMajorityCountsInAnyOrder() {
        SliceResult[] rest = {guessed(1, 12, 20), guessed(2, 20, 33), guessed(3, 33, 40)};
        List<Ledger> tied = List.of(
                ledger("a", summed(certain(0, 0, 12), "1")),
                ledger("b", summed(certain(0, 0, 12), "2")),
                ledger("c", rest));
        Coverage undecided = Coverage.of(PLAN, tied);
        assertThat(undecided.isComplete()).isFalse();
        assertThat(undecided.wrongStarts()).containsExactly(Map.entry(0, 0L));
        assertThat(undecided.conflicts())
                .singleElement()
                .asString()
                .startsWith("slice 0: ")
                .contains("worker 0, attempt a", "attempt b", "processed again");

        List<Ledger> decided = new ArrayList<>(tied);
        decided.add(ledger("d", summed(certain(0, 0, 12), "2")));
        for (List<Ledger> ledgers : List.of(decided, decided.reversed())) {
            Coverage coverage = Coverage.of(PLAN, ledgers);
            assertThat(coverage.isComplete()).isTrue();
            assertThat(coverage.results().getFirst().partial()).isEqualTo(new AveragePartial("2", 1));
            assertThat(coverage.rows()).isEqualTo(new RowCounts(4, 4, 0));
            assertThat(coverage.conflicts()).singleElement().asString().contains("is used");
        }
    }

    @Test
    void aLedgerThatWasReadTwiceHasOneVote() {
        Ledger mine = ledger("a", summed(certain(0, 0, 12), "1"));
        Coverage coverage = Coverage.of(PLAN, List.of(mine, mine, ledger("b", summed(certain(0, 0, 12), "2"))));
        assertThat(coverage.wrongStarts()).containsKey(0);
    }

    @Test
    void copiesThatNeverAgreeAreRefusedByName() {
        List<Ledger> ledgers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ledgers.add(ledger("attempt-" + i, summed(certain(0, 0, 12), "" + i)));
        }
        assertThat(Coverage.of(PLAN, ledgers).isComplete()).isFalse();
        ledgers.add(ledger("attempt-6", summed(certain(0, 0, 12), "6")));
        assertThatThrownBy(() -> Coverage.of(PLAN, ledgers))
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORE_LOST))
                .hasMessageContainingAll("slice 0", "attempt-0", "attempt-1", "7 copies");
    }

    @Test
    void ofCopiesThatEndElsewhereTheMajorityIsFollowed() {
        List<Ledger> ledgers = List.of(
                ledger("a", certain(0, 0, 12), guessed(1, 12, 20), guessed(2, 20, 33), guessed(3, 33, 40)),
                ledger("b", certain(0, 0, 13), guessed(1, 13, 20)),
                ledger("c", certain(0, 0, 13)));
        Coverage coverage = Coverage.of(PLAN, ledgers);
        assertThat(coverage.isComplete()).isTrue();
        assertThat(coverage.results().get(1).start()).isEqualTo(13);
        assertThat(Coverage.of(PLAN, ledgers.reversed()).results()).isEqualTo(coverage.results());
    }

    /** For example, if the other copy has replaced its file. */
    @Test
    void aLostResultHasAVoteAndIsNotUsed() {
        SliceResult one = summed(certain(0, 0, 10), "1");
        SliceResult two = summed(certain(0, 0, 10), "2");
        Ledger lost = new Ledger(PLAN.fingerprint().combined(), 0, "c", List.of(), List.of(new Loss(0, "a", 0, "f")));
        Coverage tied = Coverage.of(STAGES, List.of(ledger("a", one), ledger("b", two), lost));
        assertThat(tied.wrongStarts()).containsKey(0);
        Coverage decided = Coverage.of(STAGES, List.of(ledger("a", one), ledger("b", two), lost, ledger("d", one)));
        assertThat(decided.isComplete(STAGES.stages().getFirst())).isTrue();
        assertThat(decided.results().getFirst()).isEqualTo(one);
    }

    @Test
    void aCopyWithoutTheFailureOfAnotherSavesTheJob() {
        Coverage coverage = Coverage.of(PLAN, List.of(ledger("a", failed(0, 0, true)), ledger("b", certain(0, 0, 12))));
        assertThat(coverage.failed()).isNull();
        assertThat(coverage.conflicts()).hasSize(1);
    }

    private static SliceResult summed(SliceResult result, String sum) {
        return result.toBuilder()
                .certain(true)
                .partial(new AveragePartial(sum, 1))
                .build();
    }

    /** One slice of the input, one part, one output. */
    private static final Plan STAGES =
            new Plan(new Fingerprint("s", "i", SliceResults.CUT), FileSlicingTest.slicing(10, 10), 1, true, true);

    private static final Stage REDUCE = STAGES.stages().get(1);

    @Test
    void whatWasMadeFromAnotherCopyIsDoneAgain() {
        SliceResult one = summed(certain(0, 0, 10), "1");
        SliceResult two = summed(certain(0, 0, 10), "2");
        String ofOne = Coverage.of(STAGES, List.of(ledger("a", one))).basis(REDUCE);
        String ofTwo = Coverage.of(STAGES, List.of(ledger("a", two))).basis(REDUCE);
        assertThat(ofOne).isNotEqualTo(ofTwo);
        Ledger both = ledger("a", one, reduced(ofOne), two, reduced(ofTwo));
        for (SliceResult winner : List.of(one, two)) {
            String basis = winner.equals(one) ? ofOne : ofTwo;
            Coverage decided = Coverage.of(STAGES, List.of(both, ledger("b", winner)));
            assertThat(decided.partials(REDUCE, Partial.class))
                    .singleElement()
                    .isEqualTo(reduced(basis).partial());
            Coverage stale = Coverage.of(STAGES, List.of(ledger("a", one, two, reduced(basis)), ledger("b", two)));
            assertThat(stale.isComplete(REDUCE)).isEqualTo(winner.equals(two));
        }
        Coverage before = Coverage.of(STAGES, List.of(ledger("a", one)));
        assertThat(Coverage.of(STAGES, List.of(ledger("a", one), ledger("b", one)))
                        .confirms(before, REDUCE))
                .isTrue();
        assertThat(Coverage.of(STAGES, List.of(both)).confirms(before, REDUCE)).isFalse();
        assertThat(Coverage.of(STAGES, List.of(both, ledger("b", two))).confirms(before, REDUCE))
                .isFalse();
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

    /** A ledger of {@code worker} with the losses of these results of attempt a. */
    private static Ledger losing(int worker, int from, int to) {
        List<Loss> losses = IntStream.range(from, to)
                .mapToObj(i -> new Loss(REDUCE.first(), "a", i, "range-0"))
                .toList();
        return new Ledger("f", worker, "c" + worker, List.of(), losses);
    }

    @Test
    void aSliceThatIsLostAgainAndAgainIsNamed() {
        assertThat(Coverage.of(STAGES, List.of(losing(1, 0, 7), losing(2, 7, 17)))
                        .isComplete(REDUCE))
                .as("two workers may have damaged nodes")
                .isFalse();
        List<Ledger> three = List.of(losing(1, 0, 3), losing(2, 3, 6), losing(3, 6, 7));
        assertThatThrownBy(() -> Coverage.of(STAGES, three))
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORE_LOST))
                .hasMessageContainingAll("slice " + REDUCE.first(), "range-0", "again and again");
    }
}
