package io.filejob.coverage;

import static io.filejob.coverage.SliceResults.PLAN;
import static io.filejob.coverage.SliceResults.certain;
import static io.filejob.coverage.SliceResults.guessed;
import static io.filejob.coverage.SliceResults.ledger;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.ledger.Ledger;
import io.filejob.ledger.Loss;
import io.filejob.ledger.Partial;
import io.filejob.ledger.SliceResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Slices with failures are done again by a redrive, and only these. */
final class RedrivenSlicesTest {
    private static final SliceResult[] OTHERS = {certain(0, 0, 12), guessed(2, 20, 33), guessed(3, 33, 40)};

    /** A contribution with some failed parts. */
    record FailingPartial(long failures) implements Partial {}

    @Test
    void withoutFailuresThereIsNothingToRedrive() {
        Coverage complete = Coverage.of(PLAN, List.of(ledger("a", OTHERS), ledger("b", failing(0))));
        assertThat(complete.isComplete()).isTrue();
        assertThat(complete.redriven()).isEmpty();
        assertThat(complete.beforeRedrive(1)).isNull();
    }

    @Test
    void allCopiesOfASliceWithFailuresAreReplacedByTheNextResult() {
        List<Ledger> ledgers =
                new ArrayList<>(List.of(ledger("a", OTHERS), ledger("b", failing(3)), ledger("c", failing(3))));
        Coverage before = Coverage.of(PLAN, ledgers);
        assertThat(before.isComplete()).isTrue();

        ledgers.add(redriven("r", before.redriven()));
        Coverage open = Coverage.of(PLAN, ledgers);
        assertThat(open.missing().stream()).containsExactly(1);
        assertThat(open.beforeRedrive(1)).isEqualTo(failing(3));
        assertThat(open.redriven()).isEmpty();

        ledgers.add(ledger("d", failing(0)));
        for (List<Ledger> each : List.of(ledgers, ledgers.reversed())) {
            Coverage again = Coverage.of(PLAN, each);
            assertThat(again.isComplete()).isTrue();
            assertThat(again.conflicts()).isEmpty();
            assertThat(again.results().get(1).partial()).isEqualTo(new FailingPartial(0));
        }
    }

    @Test
    void anyNumberOfRedrivesIsAllowedAndTheBestResultIsTheBasis() {
        List<Ledger> ledgers = new ArrayList<>(List.of(ledger("a", OTHERS), ledger("b", failing(20))));
        for (int i = 1; i <= 10; i++) {
            ledgers.add(redriven("r" + i, Coverage.of(PLAN, ledgers).redriven()));
            Coverage open = Coverage.of(PLAN, ledgers);
            assertThat(open.missing().stream()).containsExactly(1);
            assertThat(Objects.requireNonNull(open.beforeRedrive(1)).partial()).isEqualTo(new FailingPartial(21 - i));
            ledgers.add(ledger("d" + i, failing(20 - i)));
            assertThat(Coverage.of(PLAN, ledgers).isComplete()).isTrue();
        }
    }

    private static SliceResult failing(long failures) {
        return guessed(1, 12, 20).toBuilder()
                .partial(new FailingPartial(failures))
                .build();
    }

    private static Ledger redriven(String attempt, List<Loss> losses) {
        return new Ledger(PLAN.fingerprint().combined(), 0, attempt, List.of(), losses);
    }
}
