package io.filejob.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import org.junit.jupiter.api.Test;

final class AttemptLimitTest {
    private final AttemptLimit limit = new AttemptLimit();

    @Test
    void anAddressIsRefusedAfterItsFailuresAndOthersAreNot() {
        for (int i = 0; i < 5 * AttemptLimit.MAX_FAILURES; i++) {
            assertThat(limit.attempt("10.0.0.1", () -> "ann")).isEqualTo("ann");
        }
        for (int i = 0; i < AttemptLimit.MAX_FAILURES; i++) {
            assertProblem(ProblemType.UNAUTHORIZED);
        }
        assertProblem(ProblemType.TOO_MANY);
        assertThat(limit.attempt("10.0.0.2", () -> "ann")).isEqualTo("ann");
    }

    private void assertProblem(ProblemType type) {
        assertThatThrownBy(() -> limit.attempt("10.0.0.1", () -> {
                    throw new ProblemException(ProblemType.UNAUTHORIZED, "no");
                }))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(type));
    }
}
