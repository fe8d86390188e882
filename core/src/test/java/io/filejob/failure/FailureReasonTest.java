package io.filejob.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class FailureReasonTest {
    /** A Job's {@code podFailurePolicy} sees only the exit status. */
    @Test
    void allReasonsWithOneExitStatusHaveOneRetryability() {
        assertThat(Arrays.stream(FailureReason.values())
                        .collect(Collectors.groupingBy(
                                FailureReason::exitCode, Collectors.mapping(FailureReason::retry, Collectors.toSet()))))
                .allSatisfy((_, retries) -> assertThat(retries).hasSize(1));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DONE")
    void everyExitStatusOfAFailureHasAGeneralReason(ExitCode code) {
        assertThat(FailureReason.of(code).exitCode()).isEqualTo(code);
        assertThat(new JobFailedException(code, "a.csv: gone"))
                .hasMessage("a.csv: gone")
                .extracting(JobFailedException::reason)
                .isEqualTo(FailureReason.of(code));
    }

    @ParameterizedTest
    @EnumSource
    void aFailureKeepsItsReasonWhenItIsStatedAndContinued(FailureReason reason) {
        JobFailedException failure = new JobFailedException(reason, "a.csv: gone");
        JobFailedException stated = JobFailedException.stated(failure.exitCode(), String.valueOf(failure.getMessage()));
        assertThat(stated.reason()).isEqualTo(reason);
        assertThat(stated).hasMessage(failure.getMessage());
        JobFailedException continued = failure.followedBy("\n2 rows stay", failure);
        assertThat(continued.reason()).isEqualTo(reason);
        assertThat(continued).hasMessage(failure.getMessage() + "\n2 rows stay");
    }

    /** Texts of users, such as names of files, may look like a reason. */
    @ParameterizedTest
    @CsvSource({"66, MyFile: gone", "66, InputChanged: gone", "74, StoreLost: gone", "65, InputChangedToo: gone"})
    void aMessageThatBeginsWithAnotherWordHasTheGeneralReason(int number, String message) {
        ExitCode code = ExitCode.of(number);
        assertThat(JobFailedException.stated(code, message))
                .hasMessage(message)
                .extracting(JobFailedException::reason)
                .isEqualTo(FailureReason.of(code));
        assertThat(new JobFailedException(code, message).reason()).isEqualTo(FailureReason.of(code));
    }

    @Test
    void aJobEndsAtOnceIfNoWorkerCanSucceedOnAnyNode() {
        assertThat(FailureReason.endingExitCodes()).containsExactly(65);
    }
}
