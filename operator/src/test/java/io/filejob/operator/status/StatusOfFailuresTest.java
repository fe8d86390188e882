package io.filejob.operator.status;

import static io.filejob.operator.status.StatusConditions.condition;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.plan.InputFile;
import io.filejob.status.FileJobStatus;
import io.filejob.status.IngestResult;
import io.filejob.status.Phase;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Events that make a job fail, and events that do not. */
final class StatusOfFailuresTest {
    @Test
    void aJobThatCannotEvenBeListedFailsWithItsWorkersLastWords() {
        FileJobStatus missing = Seen.of(Jobs.job(1, 2))
                .unlisted()
                .child(0)
                .death(66, "Error", "failed (66): input /data/a.csv is not there")
                .death(66, "Error", "failed (66): input /data/a.csv is not there")
                .status();
        FileJobStatus startupCrashLoop = Seen.of(Jobs.job(1, 2))
                .unlisted()
                .child(0)
                .death(134, "Error", "")
                .death(134, "Error", "")
                .death(134, "Error", "")
                .status();
        FileJobStatus lost = Seen.of(Jobs.job(1, 2))
                .unlisted()
                .childCondition("Complete", "SuccessPolicy", "")
                .at(Seen.NOW.plusSeconds(120))
                .status();

        assertThat(condition(missing, "Failed").reason()).isEqualTo("InputMissing");
        assertThat(missing.message()).isEqualTo("input /data/a.csv is not there");
        assertThat(startupCrashLoop.message()).startsWith("3 workers failed before they started a slice");
        assertThat(condition(lost, "Failed").reason()).isEqualTo("StoreLost");
    }

    @Test
    void aFailedAppendCountsTheRowsThatStay() {
        String spec = """
                {"workers": 1, "input": {"files": ["/data/in.csv"]},
                 "operation": {"ingest": {"database": {"secret": {"name": "db"}}, "table": "products", "mode": "append"}}}
                """;
        FileJobStatus status = Seen.of(Jobs.job(spec))
                .loaded(List.of(new InputFile("/data/in.csv", 1000, "1")), 17)
                .child(1)
                .death(65, "Error", "failed (65): /data/in.csv:2: not a number")
                .status();

        assertThat(status.phase()).isEqualTo(Phase.FAILED);
        assertThat(((IngestResult) Objects.requireNonNull(status.result())).inserted())
                .isEqualTo(17);
    }

    /** The result is complete, regardless of the fate of workers and of their Job. */
    @Test
    void completeBeatsFailed() {
        assertComplete(Seen.of(Jobs.job(1, 2)).childCondition("Failed", "DeadlineExceeded", ""));
        assertComplete(Seen.of(Jobs.job(1, 2)).childCondition("FailureTarget", "PodFailurePolicy", ""));
        assertComplete(Seen.of(Jobs.job(1, 2)).childCondition("Failed", "FailedIndexes", ""));
        assertComplete(Seen.of(Jobs.job(1, 2)).child(0).death(77, "Error", "failed (77): refused"));
        assertComplete(Seen.of(Jobs.job(1, 2)).replaced(3, "x").childCondition("Failed", "FailedIndexes", ""));
        Seen sliceCrashLoop = Seen.of(Jobs.job(1, 2)).child(1);
        for (int i = 0; i < 3; i++) {
            sliceCrashLoop.death(137, "OOMKilled", "1");
        }
        assertComplete(sliceCrashLoop);
    }

    private static void assertComplete(Seen seen) {
        assertThat(seen.ledger(0, 0, 1).status().phase()).isEqualTo(Phase.COMPLETE);
    }

    @Test
    void aRequestToCancelFailsAJobUnlessItIsComplete() {
        FileJobResource job = Jobs.job(1, 2);
        job.getMetadata().setAnnotations(Map.of("filejob.io/cancel", "yes"));
        assertComplete(Seen.of(job).child(1));
        FileJobStatus status = Seen.of(job).child(1).ledger(0, 0).status();
        assertThat(status.phase()).isEqualTo(Phase.FAILED);
        assertThat(status.reason()).isEqualTo("Cancelled");
        assertThat(Objects.requireNonNull(status.slices()).done()).isEqualTo(1);
        assertThat(Seen.of(job).unlisted().status().reason()).isEqualTo("Cancelled");

        job.getMetadata().setAnnotations(Map.of("filejob.io/cancel", " "));
        assertThat(Seen.of(job).child(1).status().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void aSliceThatIsDoneHasKilledNobodyAnyMore() {
        Seen seen = Seen.of(Jobs.job(1, 3)).child(1).ledger(0, 1);
        for (int i = 0; i < 3; i++) {
            seen.death(139, "Error", "1");
        }

        assertThat(seen.status().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void aSliceThatHasKilledTwoWorkersIsTriedAgain() {
        FileJobStatus status = Seen.of(Jobs.job(1, 2))
                .child(1)
                .death(137, "OOMKilled", "1")
                .death(137, "OOMKilled", "1")
                .status();

        assertThat(status.phase()).isEqualTo(Phase.RUNNING);
    }

    /** Items that have killed two workers are not tried again, and the Job limits the restarts. */
    @Test
    void itemsThatKillWorkersDoNotFailTheJob() {
        Seen seen = Seen.of(Jobs.job(1, 2)).child(1);
        for (int i = 0; i < 3; i++) {
            seen.death(137, "OOMKilled", "1 4").death(139, "Error", "1 5");
        }

        assertThat(seen.status().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void workersThatNeverComeToASliceFailAJobThatHasNotBegun() {
        Seen seen = Seen.of(Jobs.job(1, 2))
                .child(1)
                .death(134, "Error", "")
                .death(134, "Error", "")
                .death(134, "Error", "");

        assertThat(seen.status().message())
                .startsWith("3 workers failed before they started a slice, last failure: exit code 134");
        assertThat(seen.ledger(0, 0).status().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void aWorkerThatIsOutOfMemoryThreeTimesHasTooLittleWhereverItWas() {
        FileJobStatus status = Seen.of(Jobs.job(1, 4))
                .child(1)
                .ledger(0, 0)
                .death(137, "OOMKilled", "1")
                .death(3, "Error", "2")
                .death(137, "OOMKilled", "3")
                .status();

        assertThat(status.phase()).isEqualTo(Phase.FAILED);
        assertThat(status.message()).contains("has failed 3 times", "out of memory", "spec.pod.resources");
    }

    @Test
    void disruptionsAreNobodysFault() {
        FileJobStatus status = Seen.of(Jobs.job(1, 2))
                .child(1)
                .disruption()
                .disruption()
                .disruption()
                .status();

        assertThat(status.phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void aJobThatHasFailedSaysWhatItsWorkersDiedOf() {
        FileJobStatus died = Seen.of(Jobs.job(1, 2))
                .death(1, "Error", "")
                .childCondition("Failed", "BackoffLimitExceeded", "")
                .status();
        FileJobStatus late = Seen.of(Jobs.job(1, 2))
                .childCondition("Failed", "DeadlineExceeded", "")
                .status();

        assertThat(condition(died, "Failed").reason()).isEqualTo("WorkersDied");
        assertThat(died.message()).endsWith("exit code 1");
        assertThat(condition(late, "Failed").reason()).isEqualTo("DeadlineExceeded");
    }

    @Test
    void slicesThatAreMissingAfterTheJobsEndAreAwaitedThenDoneAgainByOtherJobsAndFailAfterThree() {
        Seen seen = Seen.of(Jobs.job(1, 2))
                .childCondition("Complete", "SuccessPolicy", "")
                .ledger(0, 0);

        assertThat(seen.status().phase()).isEqualTo(Phase.MERGING);
        assertThat(Replacement.of(seen.observation())).isEmpty();

        seen.at(Seen.NOW.plusSeconds(120));
        assertThat(seen.status().phase()).isEqualTo(Phase.MERGING);
        assertThat(Replacement.of(seen.observation()))
                .hasValue("its workers finished, but the ledgers are incomplete or their results do not fit together"
                        + " (missing slices: 1)");

        FileJobStatus late = seen.replaced(3, "the same").status();
        assertThat(condition(late, "Failed").reason()).isEqualTo("StoreLost");
        assertThat(late.message()).contains("missing slices: 1)", Replacement.history(seen.observation()));
    }

    @Test
    void aDamagedLedgerFailsTheJob() {
        FileJobStatus status = Seen.of(Jobs.job(1, 2))
                .damaged(new JobFailedException(ExitCode.STORE_LOST, "the ledger ConfigMap x is damaged"))
                .status();

        assertThat(condition(status, "Failed").reason()).isEqualTo("StoreLost");
    }
}
