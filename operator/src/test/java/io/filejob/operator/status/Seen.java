package io.filejob.operator.status;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.filejob.api.FileJob;
import io.filejob.coverage.Coverage;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.AveragePartial;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.LoadedPartial;
import io.filejob.ledger.SliceResult;
import io.filejob.operation.Planner;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.observe.ApiRefusal;
import io.filejob.operator.observe.Observation;
import io.filejob.operator.observe.Predecessors;
import io.filejob.plan.InputFile;
import io.filejob.plan.Plan;
import io.filejob.status.FileJobStatus;
import io.filejob.status.RowCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds an observation of a generated job in which every slice holds the numbers 1 and 2. */
final class Seen {
    static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

    private final FileJobResource job;
    private @Nullable Plan plan;
    private final SeenPods pods = new SeenPods();
    private final List<Event> warnings = new ArrayList<>();
    private final List<Ledger> ledgers = new ArrayList<>();
    private @Nullable JobBuilder child;
    private @Nullable JobFailedException damage;
    private Predecessors predecessors = Predecessors.NONE;
    private @Nullable ApiRefusal refused;
    private Instant now = NOW;

    private Seen(FileJobResource job) {
        this.job = job;
        this.plan = Planner.plan(job.getSpec(), List.of());
    }

    static Seen of(FileJobResource job) {
        return new Seen(job);
    }

    Seen after(@Nullable FileJobStatus before) {
        job.setStatus(before);
        return this;
    }

    /** A job whose input has not been listed yet. */
    Seen unlisted() {
        plan = null;
        return this;
    }

    Seen at(Instant instant) {
        now = instant;
        return this;
    }

    Seen child(int ready) {
        child = new JobBuilder()
                .withNewMetadata()
                .withCreationTimestamp(NOW.toString())
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .withReady(ready)
                .withActive(ready)
                .endStatus();
        return this;
    }

    private JobBuilder builder() {
        if (child == null) {
            child(0);
        }
        return Objects.requireNonNull(child);
    }

    Seen childCondition(String type, String reason, String message) {
        child = builder()
                .editStatus()
                .addNewCondition()
                .withType(type)
                .withStatus("True")
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(NOW.toString())
                .endCondition()
                .endStatus();
        return this;
    }

    Seen ledger(int worker, int... slices) {
        List<SliceResult> results = new ArrayList<>();
        for (int slice : slices) {
            results.add(SliceResult.builder(slice, slice, slice + 1, new AveragePartial("3", 2))
                    .rows(new RowCounts(2, 2, 0))
                    .build());
        }
        ledgers.add(new Ledger(
                Objects.requireNonNull(plan).fingerprint().combined(), worker, "attempt-" + ledgers.size(), results));
        return this;
    }

    /** A job that reads these files; one worker has committed the rows of its first slice. */
    Seen loaded(List<InputFile> files, long rows) {
        Plan listed = Planner.plan(job.getSpec(), files);
        plan = listed;
        int slice = listed.stages().get(1).first();
        SliceResult result = SliceResult.later(slice, new LoadedPartial(rows, 0, 0, 0, 0));
        ledgers.add(new Ledger(listed.fingerprint().combined(), 0, "attempt-" + ledgers.size(), List.of(result)));
        return this;
    }

    /** Sets the number of replaced Jobs. */
    Seen replaced(int times, String because) {
        predecessors = new Predecessors("uid-" + times, "uid-" + times, times, because, null, "1");
        return this;
    }

    /** The Job has been deleted. */
    Seen jobDeleted() {
        child = null;
        predecessors =
                new Predecessors("gone", predecessors.last(), predecessors.count(), predecessors.because(), null, "1");
        return this;
    }

    Seen refused(String reason, String message) {
        refused = new ApiRefusal(reason, message);
        return this;
    }

    Seen damaged(JobFailedException failure) {
        damage = failure;
        return this;
    }

    /** Sets the number of workers of the Job. */
    Seen completions(int workers) {
        child = builder().editSpec().withCompletions(workers).endSpec();
        return this;
    }

    Seen death(int exitCode, String reason, String lastWords) {
        pods.death(exitCode, reason, lastWords);
        return this;
    }

    /** Sets the node of the last pod. */
    Seen onNode(String name) {
        pods.onNode(name);
        return this;
    }

    /** Sets the index of the worker in the last pod. */
    Seen ofWorker(int index) {
        pods.ofWorker(index);
        return this;
    }

    Seen alive() {
        pods.alive();
        return this;
    }

    Seen terminatingSince(Instant time) {
        pods.terminatingSince(time);
        return this;
    }

    Seen disruption() {
        pods.disruption();
        return this;
    }

    Seen waitingPod(String reason, String message) {
        pods.waiting(reason, message);
        return this;
    }

    Seen unschedulablePod(String message) {
        pods.unschedulable(message);
        return this;
    }

    Seen warning(String message) {
        return warning("FailedCreate", message);
    }

    Seen warning(String reason, String message) {
        warnings.add(new EventBuilder()
                .withType("Warning")
                .withReason(reason)
                .withMessage(message)
                .build());
        return this;
    }

    FileJobStatus status() {
        return StatusOf.of(observation());
    }

    Observation observation() {
        Job built = child == null ? null : child.build();
        return new Observation(
                job,
                new Observation.Planned(
                        new FileJob(
                                FileJob.API_VERSION,
                                FileJob.KIND,
                                JsonNodeFactory.instance.objectNode(),
                                job.getSpec(),
                                null),
                        plan,
                        null),
                built,
                pods.list(),
                warnings,
                new Observation.Covered(damage != null || plan == null ? null : Coverage.of(plan, ledgers), damage),
                predecessors,
                refused,
                now);
    }
}
