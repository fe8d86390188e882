package io.filejob.operator.status;

import static io.filejob.operator.status.StatusConditions.condition;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.failure.FailureReason;
import io.filejob.operator.Jobs;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure that may be limited to one node ends a job only if no healthy worker can finish it. */
final class NodeFailuresTest {
    /** A device error, a full disk or a quota that affects one worker leaves the job to the others. */
    @ParameterizedTest
    @ValueSource(ints = {66, 69, 70, 73, 74, 77, 78})
    void whatMayBeOfOneNodeDoesNotFailAJobThatOthersCanFinish(int code) {
        Seen seen = Seen.of(Jobs.job(2, 4)).child(1).alive();
        for (int i = 0; i < 5; i++) {
            seen.death(code, "Error", "failed (" + code + "): of this node").onNode("bad");
        }

        FileJobStatus status = seen.status();

        assertThat(status.phase()).isEqualTo(Phase.RUNNING);
        assertThat(condition(status, "Running").message())
                .isEqualTo("5 workers have failed and been replaced, last failure: of this node");
        assertThat(FailureReason.endingExitCodes()).doesNotContain(code);
        assertThat(seen.ledger(0, 0, 1, 2, 3).status().phase()).isEqualTo(Phase.COMPLETE);
    }

    @ParameterizedTest
    @CsvSource({
        "66, InputMissing",
        "73, OutputNotWritable",
        "74, StoreLost",
        "77, CredentialsRefused",
        "78, BadManifest"
    })
    void whatSeveralWorkersHaveMetFailsAJobThatHasNoOtherWorker(int code, String reason) {
        Seen seen = Seen.of(Jobs.job(1, 2)).child(0).death(code, "Error", "failed (" + code + "): the same");
        assertThat(seen.status().phase()).isEqualTo(Phase.PLANNED);

        FileJobStatus status =
                seen.death(code, "Error", "failed (" + code + "): the same").status();

        assertThat(condition(status, "Failed").reason()).isEqualTo(reason);
        assertThat(status.message()).isEqualTo("the same");
    }

    /** The Job creates the second pod ten seconds after the first one failed, and would create four more. */
    @ParameterizedTest
    @ValueSource(ints = {66, 73, 74, 77, 78})
    void aSecondAttemptConfirmsTheFailureOfAnOnlyWorker(int code) {
        String message = "failed (" + code + "): the same";
        Seen seen = Seen.of(Jobs.job(1, 2))
                .unlisted()
                .child(0)
                .completions(1)
                .death(code, "Error", message)
                .onNode("one")
                .ofWorker(0);
        assertThat(seen.status().phase()).isEqualTo(Phase.PENDING);

        assertThat(seen.death(code, "Error", message)
                        .onNode("one")
                        .ofWorker(0)
                        .status()
                        .phase())
                .isEqualTo(Phase.FAILED);
    }

    /** The Job is about to replace a healthy worker that was evicted. */
    @ParameterizedTest
    @ValueSource(ints = {66, 73, 74, 77, 78})
    void aWorkerBetweenTwoPodsCanStillFinishTheJob(int code) {
        String message = "failed (" + code + "): Input/output error";
        Seen seen = Seen.of(Jobs.job(2, 4))
                .child(0)
                .completions(2)
                .death(code, "Error", message)
                .ofWorker(0)
                .death(code, "Error", message)
                .ofWorker(0);
        assertThat(seen.status().phase()).isEqualTo(Phase.PLANNED);
        assertThat(seen.disruption().ofWorker(1).status().phase()).isEqualTo(Phase.PLANNED);

        assertThat(seen.death(code, "Error", message).ofWorker(1).status().phase())
                .isEqualTo(Phase.FAILED);
    }

    @Test
    void aSliceThatKillsWorkersOfOneNodeIsLeftToThoseOfAnother() {
        Seen seen = Seen.of(Jobs.job(2, 4)).child(1).alive().onNode("good");
        for (int i = 0; i < 4; i++) {
            seen.death(135, "Error", "1").onNode("bad");
        }
        assertThat(seen.status().phase()).isEqualTo(Phase.RUNNING);
        assertThat(seen.death(135, "Error", "1").onNode("good").status().message())
                .isEqualTo("slice 1 has killed 5 workers, last failure: exit code 135");
    }

    @ParameterizedTest
    @CsvSource({"bad, 135, Error", "good, 137, OOMKilled"})
    void aSliceThatKillsWorkersWithoutRegardToTheirNodeIsNamed(String alive, int code, String reason) {
        Seen seen = Seen.of(Jobs.job(2, 4)).child(1).alive().onNode(alive);
        for (int i = 0; i < 3; i++) {
            seen.death(code, reason, "1").onNode("bad").ofWorker(i);
        }
        assertThat(seen.status().message()).startsWith("slice 1 has killed 3 workers");
    }

    /** The Job starts it again after a back-off. */
    @ParameterizedTest
    @CsvSource({"69, failed (69): the API server does not respond", "137, 1", "134, ''"})
    void aWorkerThatCrashedOrMissedAServiceCanStillFinishTheJob(int code, String words) {
        String message = "failed (73): the output /out/a.csv cannot be written: Input/output error";
        Seen seen = Seen.of(Jobs.job(2, 4))
                .child(0)
                .completions(2)
                .death(73, "Error", message)
                .ofWorker(0)
                .death(73, "Error", message)
                .ofWorker(0)
                .death(code, "Error", words)
                .ofWorker(1);
        assertThat(seen.status().phase()).isEqualTo(Phase.PLANNED);

        FileJobStatus over = seen.childCondition("Failed", "FailedIndexes", "all indexes failed")
                .status();
        assertThat(condition(over, "Failed").reason()).isEqualTo("OutputNotWritable");
    }

    @ParameterizedTest
    @CsvSource({"66, InputMissing", "73, OutputNotWritable", "77, CredentialsRefused", "78, BadManifest"})
    void theSameFailureOnTwoNodesIsThatOfTheJob(int code, String reason) {
        String words = "failed (" + code + "): /data/a.csv: the same";
        Seen seen = Seen.of(Jobs.job(3, 6))
                .child(1)
                .alive()
                .death(code, "Error", words)
                .onNode("one")
                .death(code, "Error", words)
                .onNode("one")
                .death(code, "Error", words + " but for a host name")
                .onNode("two");
        assertThat(seen.status().phase()).isEqualTo(Phase.RUNNING);

        FileJobStatus status = seen.death(code, "Error", words).onNode("two").status();
        assertThat(condition(status, "Failed").reason()).isEqualTo(reason);
        assertThat(status.message()).isEqualTo("/data/a.csv: the same");
    }

    /** Scratch space or a quota of ConfigMaps may be enough for the other workers. */
    @Test
    void aLackOfSpaceOnTwoNodesLeavesTheJobToTheOthers() {
        Seen seen = Seen.of(Jobs.job(3, 6)).child(1).alive();
        for (String node : new String[] {"one", "two"}) {
            seen.death(74, "Error", "failed (74): /tmp: No space left on device")
                    .onNode(node);
        }
        assertThat(seen.status().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void aDeadlineIsTheReasonEvenIfWorkersOfOneNodeFailed() {
        Seen seen = Seen.of(Jobs.job(2, 4)).completions(2);
        for (int i = 0; i < 2; i++) {
            seen.death(73, "Error", "failed (73): Input/output error").ofWorker(0);
        }
        assertThat(condition(
                                seen.childCondition("Failed", "DeadlineExceeded", "")
                                        .status(),
                                "Failed")
                        .reason())
                .isEqualTo("DeadlineExceeded");
    }
}
