package io.filejob.service.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.api.FileJob;
import io.filejob.cluster.ClusterNames;
import io.filejob.service.job.Content.LocalContent;
import io.filejob.service.job.JobChange;
import io.filejob.service.job.JobName;
import io.filejob.service.job.Jobs.Watch;
import io.filejob.service.job.WorkerProgress;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.status.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs run as real processes. */
final class LocalJobsTest {
    /** A job of this size runs until it is stopped. */
    private static final int ENDLESS = 20_000;

    @TempDir
    Path data;

    private LocalJobs jobs;

    private HeldInput input;

    @BeforeEach
    void open() throws IOException {
        input = new HeldInput();
        jobs = LocalJobsOf.folder(data);
    }

    @AfterEach
    void close() {
        jobs.close();
        input.close();
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }

    private FileJob create(FileJob job) {
        return jobs.create(JobName.LOCAL, job, null);
    }

    private static JobName name(FileJob job) {
        return new JobName(JobName.LOCAL, job.name());
    }

    private Phase phase(FileJob job) {
        return LocalJobsOf.status(jobs.get(name(job))).phase();
    }

    private void awaitPhase(FileJob job, Phase phase) {
        until(() -> phase(job) == phase);
    }

    private void awaitSlices(FileJob job) {
        until(() -> LocalJobsOf.slicesDone(jobs.get(name(job))) > 0);
    }

    @Test
    void aWatchSeesAJobFromItsCreationToItsEndAndItsDeletion() {
        FileJob job = create(LocalJobsOf.average("small", 10, 100));
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        Watch watch = jobs.watch(
                name(job),
                state -> seen.add(
                        state == null
                                ? "deleted"
                                : LocalJobsOf.status(state).phase().name()));
        until(() -> seen.contains("COMPLETE"));
        jobs.delete(name(job), null);
        until(() -> seen.contains("deleted"));
        watch.close();
        assertThat(seen.getLast()).isEqualTo("deleted");
        assertThat(seen.getFirst()).isEqualTo("PENDING");
        assertThatThrownBy(() -> jobs.get(name(job))).hasMessageContaining("there is no job");
        assertThat(data.resolve("jobs")).isEmptyDirectory();
    }

    @Test
    void aJobWithTheAnnotationLeavesAFlameGraph() throws Exception {
        FileJob plain = LocalJobsOf.average("profiled", 40, 50_000);
        ObjectNode metadata = plain.metadata().deepCopy();
        metadata.putObject("annotations").put(ClusterNames.PROFILE, ClusterNames.ON);
        FileJob job = create(new FileJob(plain.apiVersion(), plain.kind(), metadata, plain.spec(), null));
        FileJob other = create(plain);
        awaitPhase(job, Phase.COMPLETE);
        awaitPhase(other, Phase.COMPLETE);
        assertThat(jobs.profile(name(job))).isInstanceOfSatisfying(LocalContent.class, content -> {
            assertThat(content.fileName()).isEqualTo(job.name() + "-profile.html");
            assertThat(content.file()).content().contains("FileJob " + job.name() + ": ", "filejob");
        });
        assertThatThrownBy(() -> jobs.profile(name(other))).hasMessageContaining("filejob.io/profile");
    }

    @Test
    void aSuspendedJobContinuesWithOtherWorkersAndRepeatsNothing() {
        FileJob job = create(input.job("held"));
        awaitSlices(job);
        FileJob suspended = jobs.update(name(job), new JobChange(null, true), null);
        assertThat(LocalJobsOf.status(suspended).phase()).isEqualTo(Phase.SUSPENDED);
        int done = LocalJobsOf.slicesDone(suspended);
        assertThat(done).isPositive();
        List<WorkerProgress> before = jobs.workers(name(job));

        input.release();
        FileJob changed = jobs.update(name(job), new JobChange(1, false), null);
        assertThat(changed.spec().workers()).isEqualTo(1);
        awaitPhase(job, Phase.COMPLETE);
        assertThat(LocalJobsOf.rowsIn(jobs.get(name(job)))).isEqualTo(HeldInput.ROWS);
        RepeatedSlices.assertNone(before, jobs.workers(name(job)), HeldInput.SLICES);
    }

    @Test
    void aRunningJobGetsMoreWorkersAtOnce() {
        FileJob job = create(LocalJobsOf.average("growing", ENDLESS, 1_000_000));
        awaitSlices(job);
        jobs.update(name(job), new JobChange(3, null), null);
        until(() -> jobs.workers(name(job)).stream().anyMatch(worker -> worker.index() == 2));
        assertThat(phase(job)).isIn(Phase.RUNNING, Phase.PENDING);
    }

    @Test
    void aCancelledJobHasFailedAlsoAfterARestartAndARedriveContinuesIt() {
        FileJob job = create(input.job("held"));
        awaitSlices(job);
        FileJob cancelled = jobs.cancel(name(job));
        assertThat(LocalJobsOf.status(cancelled).phase()).isEqualTo(Phase.FAILED);
        assertThat(LocalJobsOf.status(cancelled).reason()).isEqualTo("Cancelled");
        assertThatThrownBy(() -> jobs.cancel(name(job))).hasMessageContaining("has ended");

        jobs.close();
        jobs = LocalJobsOf.folder(data);
        assertThat(LocalJobsOf.status(jobs.get(name(job))).reason()).isEqualTo("Cancelled");
        List<WorkerProgress> before = jobs.workers(name(job));

        input.release();
        jobs.redrive(name(job));
        awaitPhase(job, Phase.COMPLETE);
        RepeatedSlices.assertNone(before, jobs.workers(name(job)), HeldInput.SLICES);
        assertThatThrownBy(() -> jobs.redrive(name(job))).hasMessageContaining("no part of it has failed");
    }

    @Test
    void jobsWaitInTheOrderOfTheirCreation() {
        FileJob first = create(LocalJobsOf.average("first", ENDLESS, 1_000_000));
        awaitSlices(first);
        FileJob second = create(LocalJobsOf.average("second", ENDLESS, 1_000_000));
        FileJob third = create(LocalJobsOf.average("third", 1, 1));
        assertThat(LocalJobsOf.status(jobs.get(name(second))).message()).contains("next in the queue");
        List<String> messages = Collections.synchronizedList(new ArrayList<>());
        jobs.watch(name(third), state -> messages.add(LocalJobsOf.status(state).message()));
        until(() -> messages.getLast().contains("position 2"));
        jobs.cancel(name(first));
        until(() -> messages.getLast().contains("next in the queue"));
        jobs.cancel(name(second));
        awaitPhase(third, Phase.COMPLETE);
    }

    @Test
    void aJobWhoseProcessIsKilledHasFailedAndSaysSo() {
        List<ProcessHandle> others = ProcessHandle.current().children().toList();
        FileJob job = create(LocalJobsOf.average("long", ENDLESS, 1_000_000));
        awaitSlices(job);
        ProcessHandle.current()
                .children()
                .filter(process -> !others.contains(process))
                .forEach(ProcessHandle::destroyForcibly);
        awaitPhase(job, Phase.FAILED);
        assertThat(LocalJobsOf.status(jobs.get(name(job))).message()).contains("killed by signal 9", "redrive");
    }

    @Test
    void aJobThatIsRefusedAtTheStartFailsWithTheReason() {
        FileJob job = create(LocalJobsOf.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: refused}
                spec:
                  input: {files: [missing.csv]}
                  operation: {average: {column: price}}
                  callback: {url: "https://shop.example/hook", secret: {name: absent}}
                """));
        awaitPhase(job, Phase.FAILED);
        assertThat(LocalJobsOf.status(jobs.get(name(job))).reason()).isEqualTo("BadManifest");
        assertThat(LocalJobsOf.status(jobs.get(name(job))).message())
                .contains("absent")
                .doesNotContain("filejob:");
    }

    @Test
    void aCommandThatCannotBeStartedFailsTheJob() {
        jobs.close();
        jobs = LocalJobsOf.folder(data, 1, List.of("/no/such/command"), Clock.systemUTC());
        FileJob job = create(LocalJobsOf.average("small", 1, 1));
        awaitPhase(job, Phase.FAILED);
        assertThat(LocalJobsOf.status(jobs.get(name(job))).message()).contains("cannot be started");
    }

    @Test
    void resultAndRejectsAreFilesOfTheJob() throws IOException {
        Path input = data.resolve("prices.csv");
        Files.writeString(input, "name,price\na,1\nb,x\na,2\n");
        FileJob job = create(LocalJobsOf.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: totals}
                spec:
                  onBadRecord: skip
                  rejects: {uri: rejects.csv}
                  input: {files: ["%s"]}
                  operation:
                    aggregate: {groupBy: [name], measures: [{function: sum, column: price}]}
                  output: {uri: totals.csv}
                """.formatted(input)));
        awaitPhase(job, Phase.COMPLETE);
        LocalContent result = (LocalContent) jobs.result(name(job));
        assertThat(result.file()).hasContent("name,sum(price)\na,3\n");
        assertThat(result.fileName()).isEqualTo("totals.csv");
        assertThat(((LocalContent) jobs.rejects(name(job))).file())
                .content()
                .contains("price")
                .contains("b,x");
        assertThat(jobs.log(name(job), 0, 100)).isNotEmpty();
        jobs.delete(name(job), null);
        assertThat(result.file()).doesNotExist();
        assertThat(input).exists();
    }

    @Test
    void aJobWithoutAnOutputHasNoResultFile() {
        FileJob job = create(LocalJobsOf.average("small", 1, 1));
        awaitPhase(job, Phase.COMPLETE);
        assertThatThrownBy(() -> jobs.result(name(job)))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.NOT_FOUND));
    }

    @Test
    void aChangeOfAnotherVersionIsRefused() {
        FileJob job = create(LocalJobsOf.average("small", 1, 1));
        awaitPhase(job, Phase.COMPLETE);
        assertThatThrownBy(() -> jobs.delete(name(job), "0123"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.VERSION_CHANGED));
        jobs.delete(
                name(job),
                jobs.get(name(job)).metadata().path("resourceVersion").asText());
    }
}
