package io.filejob.operator.status;

import static io.filejob.operator.status.StatusConditions.condition;
import static io.filejob.operator.status.StatusConditions.trueOnes;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.model.AverageResult;
import io.filejob.model.Condition;
import io.filejob.model.FileJobStatus;
import io.filejob.model.Phase;
import io.filejob.model.SliceProgress;
import io.filejob.operator.Jobs;
import io.filejob.operator.observe.Observation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class StatusOfTest {
    @Test
    void aNewJobIsPlannedWithItsCounts() {
        FileJobStatus status = Seen.of(Jobs.job(2, 4)).status();

        assertThat(status.phase()).isEqualTo(Phase.PLANNED);
        assertThat(trueOnes(status)).containsExactly("Planned");
        assertThat(condition(status, "Planned").message()).isEqualTo("4 slices of 4 files");
        assertThat(condition(status, "Running").reason()).isEqualTo("WaitingForPods");
        assertThat(status.slices()).isEqualTo(new SliceProgress(4, 0));
        assertThat(status.observedGeneration()).isEqualTo(1);
        assertThat(Objects.requireNonNull(status.plan()).inputs()).isEqualTo(4);
        assertThat(status.selector()).isEqualTo("filejob.io/job-uid=" + Jobs.UID + ",filejob.io/role=worker");
    }

    @Test
    void workersAtWorkShowHowFarTheyAre() {
        FileJobStatus status = Seen.of(Jobs.job(2, 4)).child(2).ledger(0, 0).status();

        assertThat(status.phase()).isEqualTo(Phase.RUNNING);
        assertThat(trueOnes(status)).containsExactly("Planned", "Running");
        assertThat(status.message()).isEqualTo("1 of 4 slices, 2 rows");
        assertThat(Objects.requireNonNull(status.summary()).progress()).isEqualTo("1/4");
        assertThat(status.workers()).isEqualTo(2);
    }

    @Test
    void waitsOfWorkersFollowTheProgressAndAreNoTransition() {
        Observation seen = Seen.of(Jobs.job(2, 4)).child(2).ledger(0, 0).observation();
        FileJobStatus before = StatusOf.of(seen);
        FileJobStatus status = StatusOf.of(waiting(seen, "waiting for input /data/a.csv"));

        assertThat(status.message()).isEqualTo("1 of 4 slices, 2 rows; waiting for input /data/a.csv");
        assertThat(StatusOf.isTransition(before, status)).isFalse();

        Observation unlisted = Seen.of(Jobs.job(2, 4)).unlisted().child(2).observation();
        assertThat(StatusOf.of(waiting(unlisted, "listing input *.csv: 7 files so far"))
                        .message())
                .isEqualTo("waiting for a worker to list the input files; listing input *.csv: 7 files so far");
    }

    private static Observation waiting(Observation seen, String reason) {
        return new Observation(
                seen.resource(),
                seen.planned(),
                seen.child(),
                seen.pods(),
                seen.warnings(),
                seen.covered(),
                seen.predecessors(),
                seen.refused(),
                List.of(reason),
                seen.now());
    }

    @Test
    void theUnionOfTheLedgersCompletesTheJobWhateverTheJobSays() {
        FileJobStatus status = Seen.of(Jobs.job(2, 4))
                .child(2)
                .ledger(0, 0, 2, 3)
                .ledger(1, 1, 3)
                .status();

        assertThat(status.phase()).isEqualTo(Phase.COMPLETE);
        assertThat(trueOnes(status)).containsExactly("Planned", "Complete", "Finished");
        assertThat(condition(status, "Complete").reason()).isEqualTo("AllSlicesMerged");
        assertThat(((AverageResult) Objects.requireNonNull(status.result())).average())
                .isEqualTo("1.5");
        assertThat(Objects.requireNonNull(status.rows()).in()).isEqualTo(8);
        assertThat(status.slices()).isEqualTo(new SliceProgress(4, 4));
        assertThat(status.completionTime()).isNotNull();
    }

    @Test
    void whatIsOverStaysAsItIs() {
        FileJobStatus complete =
                Seen.of(Jobs.job(1, 2)).child(1).ledger(0, 0, 1).status();
        FileJobStatus failed = Seen.of(Jobs.job(1, 2))
                .childCondition("Failed", "DeadlineExceeded", "")
                .status();

        assertThat(Seen.of(Jobs.job(1, 2)).after(complete).status()).isEqualTo(complete);
        assertThat(Seen.of(Jobs.job(1, 2)).after(failed).ledger(0, 0, 1).status())
                .isEqualTo(failed);
    }

    /** A change that comes too late is acknowledged, and has no other effect. */
    @Test
    void aJobThatIsOverStillObservesItsSpec() {
        FileJobStatus complete =
                Seen.of(Jobs.job(1, 2)).child(1).ledger(0, 0, 1).status();
        var changed = Jobs.job(5, 2);
        changed.getMetadata().setGeneration(2L);

        FileJobStatus later = Seen.of(changed).after(complete).status();

        assertThat(later.observedGeneration()).isEqualTo(2);
        assertThat(later).isEqualTo(complete.toBuilder().observedGeneration(2L).build());
    }

    @Test
    void theEndIsOneConditionAndThePhaseHasItsReason() {
        FileJobStatus failed = Seen.of(Jobs.job(1, 2))
                .childCondition("Failed", "DeadlineExceeded", "")
                .status();

        assertThat(trueOnes(failed)).containsExactly("Failed", "Finished");
        assertThat(condition(failed, "Finished").reason()).isEqualTo("DeadlineExceeded");
        assertThat(failed.reason()).isEqualTo("DeadlineExceeded");
        assertThat(Seen.of(Jobs.job(1, 2))
                        .child(0)
                        .unschedulablePod("")
                        .status()
                        .reason())
                .isEqualTo("Unschedulable");
    }

    @Test
    void countersNeverFall() {
        FileJobStatus before =
                Seen.of(Jobs.job(1, 4)).child(1).ledger(0, 0, 1, 2).status();

        FileJobStatus status =
                Seen.of(Jobs.job(1, 4)).after(before).child(1).ledger(0, 0).status();

        assertThat(status.slices()).isEqualTo(new SliceProgress(4, 3));
        assertThat(Objects.requireNonNull(status.rows()).in()).isEqualTo(6);
    }

    @Test
    void timeAloneIsNoNews() {
        FileJobStatus before = Seen.of(Jobs.job(1, 4)).child(1).ledger(0, 0).status();

        FileJobStatus later = Seen.of(Jobs.job(1, 4))
                .after(before)
                .at(Seen.NOW.plusSeconds(60))
                .child(1)
                .ledger(0, 0)
                .status();

        assertThat(later).isEqualTo(before);
    }

    @Test
    void aSuspendedJobStandsAndGoesOn() {
        String spec = "{\"workers\": 1, \"suspend\": true, \"input\": {\"generate\":"
                + " {\"files\": 2, \"entriesPerFile\": 2, \"filesPerSlice\": 1}}, \"operation\": {\"average\": {}}}";
        FileJobStatus running = Seen.of(Jobs.job(1, 2)).child(1).ledger(0, 0).status();

        FileJobStatus suspended = Seen.of(Jobs.job(spec))
                .after(running)
                .childSuspended()
                .ledger(0, 0)
                .status();
        FileJobStatus resumed =
                Seen.of(Jobs.job(1, 2)).after(suspended).child(1).ledger(0, 0).status();

        assertThat(suspended.phase()).isEqualTo(Phase.SUSPENDED);
        assertThat(trueOnes(suspended)).containsExactly("Planned", "Suspended");
        assertThat(suspended.slices()).isEqualTo(new SliceProgress(2, 1));
        assertThat(resumed.phase()).isEqualTo(Phase.RUNNING);
        assertThat(trueOnes(resumed)).containsExactly("Planned", "Running");
        assertThat(condition(resumed, "Suspended").reason()).isEqualTo("Resumed");
    }

    @Test
    void aQueueThatHoldsTheJobBackIsNamed() {
        var job = Jobs.job(1, 2);
        job.getMetadata().setLabels(Map.of("kueue.x-k8s.io/queue-name", "night"));

        FileJobStatus status = Seen.of(job).childSuspended().status();

        assertThat(condition(status, "Suspended").reason()).isEqualTo("WaitingForAdmission");
    }

    @Test
    void whatKeepsPodsFromStartingIsSaid() {
        assertThat(running(Seen.of(Jobs.job(1, 2)).child(0).unschedulablePod("0/3 nodes are available")))
                .isEqualTo(List.of("Unschedulable", "worker pods cannot be scheduled: 0/3 nodes are available"));
        assertThat(running(Seen.of(Jobs.job(1, 2)).child(0).waitingPod("ImagePullBackOff", "not found")))
                .isEqualTo(List.of("ImageNotAvailable", "cannot pull the worker image: ImagePullBackOff: not found"));
        assertThat(running(Seen.of(Jobs.job(1, 2)).child(0).warning("Error creating: exceeded quota: small")))
                .first()
                .isEqualTo("QuotaExceeded");
        assertThat(running(Seen.of(Jobs.job(1, 2)).child(0).warning("serviceaccount \"x\" not found")))
                .first()
                .isEqualTo("ServiceAccountMissing");
        assertThat(running(Seen.of(Jobs.job(1, 2)).child(0).warning("violates PodSecurity")))
                .first()
                .isEqualTo("PodsRefused");
    }

    @Test
    void volumesAndSecretsThatAreMissingAreNamed() {
        assertThat(running(Seen.of(Jobs.job(1, 2))
                        .unlisted()
                        .child(0)
                        .unschedulablePod("0/1 nodes are available: persistentvolumeclaim \"songs\" not found.")))
                .satisfiesExactly(
                        reason -> assertThat(reason).isEqualTo("VolumeMissing"), message -> assertThat(message)
                                .startsWith("there is no PersistentVolumeClaim songs in this namespace: create it"));
        assertThat(running(Seen.of(Jobs.job(1, 2))
                        .child(0)
                        .unschedulablePod(
                                "0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.")))
                .first()
                .isEqualTo("VolumeNotBound");
        assertThat(running(Seen.of(Jobs.job(1, 2))
                        .child(0)
                        .waitingPod("ContainerCreating", "")
                        .warning(
                                "FailedMount",
                                "MountVolume.SetUp failed for volume \"filejob-secret-0\" : secret \"s3\" not found")))
                .satisfiesExactly(
                        reason -> assertThat(reason).isEqualTo("SecretMissing"), message -> assertThat(message)
                                .startsWith("there is no Secret s3 in this namespace: create it")
                                .contains("spec.s3 or in spec.operation.ingest.database"));
        assertThat(running(Seen.of(Jobs.job(1, 2))
                        .child(0)
                        .waitingPod("ContainerCreating", "")
                        .warning("FailedMount", "MountVolume.SetUp failed for volume \"x\": no such folder")))
                .first()
                .isEqualTo("VolumeNotMounted");
    }

    @Test
    void aJobWhoseInputIsNotListedYetIsPending() {
        FileJobStatus waiting = Seen.of(Jobs.job(2, 4)).unlisted().child(0).status();
        FileJobStatus listing =
                Seen.of(Jobs.job(2, 4)).unlisted().after(waiting).child(1).status();
        FileJobStatus listed =
                Seen.of(Jobs.job(2, 4)).after(listing).child(1).ledger(0, 0).status();

        assertThat(waiting.phase()).isEqualTo(Phase.PENDING);
        assertThat(waiting.plan()).isNull();
        assertThat(waiting.startTime()).isNotNull();
        assertThat(condition(waiting, "Planned").reason()).isEqualTo("InputNotListed");
        assertThat(listing.phase()).isEqualTo(Phase.PENDING);
        assertThat(trueOnes(listing)).containsExactly("Running");
        assertThat(listed.phase()).isEqualTo(Phase.RUNNING);
        assertThat(trueOnes(listed)).containsExactly("Planned", "Running");
        assertThat(listed.startTime()).isEqualTo(waiting.startTime());
    }

    private static List<String> running(Seen seen) {
        Condition condition = condition(seen.status(), "Running");
        assertThat(condition.status()).isEqualTo("False");
        return List.of(condition.reason(), condition.message());
    }
}
