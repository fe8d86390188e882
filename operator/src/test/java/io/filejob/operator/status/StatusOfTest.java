package io.filejob.operator.status;

import static io.filejob.operator.status.StatusConditions.condition;
import static io.filejob.operator.status.StatusConditions.trueOnes;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.operator.Jobs;
import io.filejob.operator.observe.CallbackAttempts;
import io.filejob.operator.observe.Observation;
import io.filejob.status.Condition;
import io.filejob.status.FileJobStatus;
import io.filejob.status.SliceProgress;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class StatusOfTest {
    @Test
    void waitsOfWorkersAreNoTransition() {
        Observation seen = Seen.of(Jobs.job(2, 4)).child(2).ledger(0, 0).observation();
        FileJobStatus before = StatusOf.of(seen);

        FileJobStatus status = StatusOf.of(waiting(seen, "waiting for input /data/a.csv"));

        assertThat(status.message()).isNotEqualTo(before.message());
        assertThat(StatusOf.isTransition(before, status)).isFalse();
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
                CallbackAttempts.NONE,
                List.of(reason),
                seen.now());
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
    void whatKeepsPodsFromStartingIsSaid() {
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
    void volumesThatAreMissingAreNamed() {
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
                        .warning("FailedMount", "MountVolume.SetUp failed for volume \"x\": no such folder")))
                .first()
                .isEqualTo("VolumeNotMounted");
    }

    private static List<String> running(Seen seen) {
        Condition condition = condition(seen.status(), "Running");
        assertThat(condition.status()).isEqualTo("False");
        return List.of(condition.reason(), condition.message());
    }
}
