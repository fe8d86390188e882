package io.filejob.operator.status;

import static io.filejob.operator.status.StatusConditions.condition;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.operator.Jobs;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a FileJob gets a new Job, when it fails instead, and its status in the meantime. */
final class ReplacementTest {
    @Test
    void aJobWhosePodsAreAllOnNodesThatDoNotRespondIsReplaced() {
        Seen seen = Seen.of(Jobs.job(1, 2)).child(0).terminatingSince(Seen.NOW.minusSeconds(10));
        assertThat(Replacement.of(seen.observation())).isEmpty();

        seen.at(Seen.NOW.plusSeconds(60));

        assertThat(Replacement.of(seen.observation())).hasValue("all its pods are on nodes that do not respond");
        assertThat(Replacement.of(seen.alive().observation())).isEmpty();
    }

    /** The condition Failed is set when the last pod has ended, which a pod on a lost node never does. */
    @ParameterizedTest
    @CsvSource({
        "Failed, FailedIndexes",
        "Failed, BackoffLimitExceeded",
        "FailureTarget, FailedIndexes",
        "FailureTarget, MaxFailedIndexesExceeded"
    })
    void aJobThatFailedForItsInfrastructureIsReplaced(String type, String reason) {
        Seen seen = Seen.of(Jobs.job(1, 2))
                .death(69, "Error", "failed (69): the API server does not answer")
                .childCondition(type, reason, "");

        assertThat(Replacement.of(seen.observation()))
                .hasValue("its workers failed too often, last failure: the API server does not answer");
        assertThat(seen.status().phase()).isEqualTo(Phase.PLANNED);
    }

    @ParameterizedTest
    @CsvSource({"DeadlineExceeded, 69", "PodFailurePolicy, 69", "FailedIndexes, 1", "FailedIndexes, 70"})
    void otherFailuresAreFinal(String reason, int code) {
        Seen seen = Seen.of(Jobs.job(1, 2)).death(code, "Error", "").childCondition("FailureTarget", reason, "");

        assertThat(Replacement.of(seen.observation())).isEmpty();
        assertThat(seen.status().phase()).isEqualTo(Phase.FAILED);
    }

    @Test
    void aJobThatWasDeletedIsReplacedAndThatIsSaid() {
        assertThat(Replacement.of(Seen.of(Jobs.job(1, 2)).jobDeleted().observation()))
                .hasValue("it was deleted");

        FileJobStatus status =
                Seen.of(Jobs.job(1, 2)).child(0).replaced(1, "it was deleted").status();

        assertThat(condition(status, "Running").reason()).isEqualTo("JobReplaced");
        assertThat(condition(status, "Running").message())
                .isEqualTo("the Job was replaced (1 of at most 3 times): it was deleted");
    }

    @Test
    void afterThreeReplacementsTheJobFailsWithTheCause() {
        FileJobStatus stranded = Seen.of(Jobs.job(1, 2))
                .child(0)
                .replaced(3, "its pods no longer exist")
                .terminatingSince(Seen.NOW.minusSeconds(60))
                .status();
        FileJobStatus deleted = Seen.of(Jobs.job(1, 2))
                .replaced(3, "it was deleted")
                .jobDeleted()
                .status();

        assertThat(condition(stranded, "Failed").reason()).isEqualTo("WorkersDied");
        assertThat(stranded.message())
                .isEqualTo("all its pods are on nodes that do not respond; the Job was replaced (3 of at most 3 times):"
                        + " its pods no longer exist");
        assertThat(deleted.phase()).isEqualTo(Phase.FAILED);
    }

    /** A Job with hanging pods counts as complete. */
    @ParameterizedTest
    @ValueSource(strings = {"Complete", "SuccessCriteriaMet"})
    void aJobThatHasSucceededIsMerged(String type) {
        FileJobStatus status = Seen.of(Jobs.job(1, 2))
                .childCondition(type, "SuccessPolicy", "")
                .status();

        assertThat(status.phase()).isEqualTo(Phase.MERGING);
    }

    @Test
    void runningIsTrueOnlyWhileAPodIsReady() {
        FileJobStatus running = Seen.of(Jobs.job(1, 4)).child(1).ledger(0, 0).status();

        FileJobStatus died = Seen.of(Jobs.job(1, 4))
                .after(running)
                .child(0)
                .ledger(0, 0)
                .death(1, "Error", "")
                .status();

        assertThat(died.phase()).isEqualTo(Phase.RUNNING);
        assertThat(condition(died, "Running").status()).isEqualTo("False");
        assertThat(condition(died, "Running").reason()).isEqualTo("WorkersFailing");
        assertThat(condition(died, "Running").message())
                .isEqualTo("1 worker has failed and been replaced, last failure: exit code 1");
    }

    @Test
    void aRefusedObjectIsShownInTheApiServersWords() {
        FileJobStatus status = Seen.of(Jobs.job(1, 4))
                .refused("JobRefused", "cannot write the Job: requests must be less than limits")
                .status();

        assertThat(condition(status, "Running").reason()).isEqualTo("JobRefused");
        assertThat(status.message()).isEqualTo("cannot write the Job: requests must be less than limits");
    }
}
