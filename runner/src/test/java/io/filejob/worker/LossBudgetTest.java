package io.filejob.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.Loss;
import io.filejob.ledger.LostPartialException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A worker whose node cannot read partial results ends before it has spent the budget of the job. */
final class LossBudgetTest {
    private static final List<Loss> NEXT = List.of(new Loss(5, "writer", 9, "slice-5-runs"));

    private static LostPartialException cause() {
        return new LostPartialException("slice-5-runs", "the file slice-5-runs cannot be read", null);
    }

    private static Ledger reader(int worker, String attempt, int from, int to) {
        List<Loss> losses = IntStream.range(from, to)
                .mapToObj(i -> new Loss(5, "writer", i, "slice-5-runs"))
                .toList();
        return new Ledger("f", worker, attempt, List.of(), losses);
    }

    @Test
    void allAttemptsOfAWorkerShareItAndItIsNamed() {
        List<Ledger> ledgers = List.of(reader(1, "a", 0, 2), reader(1, "b", 2, 3));
        assertThatThrownBy(() -> new LossBudget(1).check(ledgers, NEXT, cause()))
                .isInstanceOfSatisfying(JobFailedException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.STORE_LOST))
                .hasMessageContainingAll("slice-5-runs", "slice 5", "3 times", "disk or mount");
    }

    @Test
    void otherWorkersSlicesAndCopiesOfALedgerDoNotCount() {
        Ledger twice = reader(1, "a", 0, 2);
        List<Ledger> ledgers = List.of(twice, twice, reader(0, "c", 2, 8));
        assertThatCode(() -> new LossBudget(1).check(ledgers, NEXT, cause())).doesNotThrowAnyException();
        List<Loss> other = List.of(new Loss(6, "writer", 9, "slice-6-runs"));
        assertThatCode(() -> new LossBudget(1).check(List.of(reader(1, "a", 0, 8)), other, cause()))
                .doesNotThrowAnyException();
    }
}
