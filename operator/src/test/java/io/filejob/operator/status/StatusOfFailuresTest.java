package io.filejob.operator.status;

import static io.filejob.operator.status.StatusConditions.condition;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.model.ExitCode;
import io.filejob.model.FileJobStatus;
import io.filejob.model.JobFailure;
import io.filejob.model.Phase;
import io.filejob.operator.Jobs;
import org.junit.jupiter.api.Test;

/** What makes a job fail, and what does not. */
final class StatusOfFailuresTest {
    @Test
    void aJobThatCannotEvenBeListedFailsWithItsWorkersLastWords() {
        FileJobStatus missing = Seen.of(Jobs.job(1, 2))
                .unlisted()
                .child(0)
                .death(66, "Error", "failed (66): input /data/a.csv is not there")
                .status();
        FileJobStatus stillborn = Seen.of(Jobs.job(1, 2))
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
        assertThat(stillborn.message()).startsWith("3 workers died before they came to a slice");
        assertThat(condition(lost, "Failed").reason()).isEqualTo("StoreLost");
    }

    @Test
    void aWorkersLastWordsFailTheJob() {
        FileJobStatus status = Seen.of(Jobs.job(1, 2))
                .child(0)
                .death(66, "Error", "failed (66): the file a.csv is not there")
                .status();

        assertThat(status.phase()).isEqualTo(Phase.FAILED);
        assertThat(condition(status, "Failed").reason()).isEqualTo("InputMissing");
        assertThat(status.message()).isEqualTo("the file a.csv is not there");
    }

    @Test
    void aSliceThatHasKilledThreeWorkersIsNamed() {
        String words = "1";
        Seen seen =
                Seen.of(Jobs.job(1, 2)).child(1).death(137, "OOMKilled", words).death(137, "OOMKilled", words);
        assertThat(seen.status().phase()).isEqualTo(Phase.RUNNING);

        FileJobStatus status = seen.death(137, "OOMKilled", words).status();

        assertThat(status.phase()).isEqualTo(Phase.FAILED);
        assertThat(status.message())
                .isEqualTo("slice 1 has killed 3 workers, the last one: out of memory (OOMKilled): give the pods more"
                        + " in spec.pod.resources");
    }

    @Test
    void workersThatNeverComeToASliceFailAJobThatHasNotBegun() {
        Seen seen = Seen.of(Jobs.job(1, 2))
                .child(1)
                .death(134, "Error", "")
                .death(134, "Error", "")
                .death(134, "Error", "");

        assertThat(seen.status().message())
                .startsWith("3 workers died before they came to a slice, the last one: exit code 134");
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
        assertThat(status.message()).contains("has died 3 times", "out of memory", "spec.pod.resources");
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
    void ledgersThatAreStillOnTheirWayAreAwaitedAndMissingOnesAreNot() {
        Seen seen = Seen.of(Jobs.job(1, 2))
                .childCondition("Complete", "SuccessPolicy", "")
                .ledger(0, 0);

        assertThat(seen.status().phase()).isEqualTo(Phase.MERGING);
        FileJobStatus late = seen.at(Seen.NOW.plusSeconds(120)).status();
        assertThat(condition(late, "Failed").reason()).isEqualTo("StoreLost");
        assertThat(late.message()).contains("1 slices are in no ledger");
    }

    @Test
    void aDamagedLedgerFailsTheJob() {
        FileJobStatus status = Seen.of(Jobs.job(1, 2))
                .damaged(new JobFailure(ExitCode.STORE_LOST, "the ledger ConfigMap x is damaged"))
                .status();

        assertThat(condition(status, "Failed").reason()).isEqualTo("StoreLost");
    }
}
