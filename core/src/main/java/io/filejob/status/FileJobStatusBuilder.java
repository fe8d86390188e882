package io.filejob.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a {@link FileJobStatus}; everything but phase and message is absent unless it is set. */
public final class FileJobStatusBuilder {
    private @Nullable Long observedGeneration;
    private final Phase phase;
    private @Nullable String reason;
    private List<Condition> conditions = List.of();
    private @Nullable String startTime;
    private @Nullable String completionTime;
    private @Nullable PlanStatus plan;
    private @Nullable SliceProgress slices;
    private @Nullable RowCounts rows;
    private @Nullable Rejected rejected;
    private @Nullable JobResult result;
    private @Nullable CallbackStatus callback;
    private String message;
    private @Nullable Integer workers;
    private @Nullable String selector;
    private @Nullable String redrive;
    private @Nullable String profile;
    private @Nullable Summary summary;

    FileJobStatusBuilder(Phase phase, String message) {
        this.phase = phase;
        this.message = message;
    }

    /** Sets the state in one line, for people. */
    public FileJobStatusBuilder message(String value) {
        this.message = value;
        return this;
    }

    /** Sets the generation that the status was computed from. */
    public FileJobStatusBuilder observedGeneration(@Nullable Long value) {
        this.observedGeneration = value;
        return this;
    }

    /** Sets the reason for the phase. */
    public FileJobStatusBuilder reason(@Nullable String value) {
        this.reason = value;
        return this;
    }

    /** Sets the conditions. */
    public FileJobStatusBuilder conditions(List<Condition> value) {
        this.conditions = value;
        return this;
    }

    /** Sets when the job started. */
    public FileJobStatusBuilder startTime(@Nullable String value) {
        this.startTime = value;
        return this;
    }

    /** Sets when the job ended. */
    public FileJobStatusBuilder completionTime(@Nullable String value) {
        this.completionTime = value;
        return this;
    }

    /** Sets the plan. */
    public FileJobStatusBuilder plan(@Nullable PlanStatus value) {
        this.plan = value;
        return this;
    }

    /** Sets the progress in slices. */
    public FileJobStatusBuilder slices(@Nullable SliceProgress value) {
        this.slices = value;
        return this;
    }

    /** Sets the numbers of rows. */
    public FileJobStatusBuilder rows(@Nullable RowCounts value) {
        this.rows = value;
        return this;
    }

    /** Sets the samples of bad records. */
    public FileJobStatusBuilder rejected(@Nullable Rejected value) {
        this.rejected = value;
        return this;
    }

    /** Sets the result. */
    public FileJobStatusBuilder result(@Nullable JobResult value) {
        this.result = value;
        return this;
    }

    /** Sets the attempts to call the receiver. */
    public FileJobStatusBuilder callback(@Nullable CallbackStatus value) {
        this.callback = value;
        return this;
    }

    /** Sets the number of workers in effect. */
    public FileJobStatusBuilder workers(@Nullable Integer value) {
        this.workers = value;
        return this;
    }

    /** Sets the label selector of the workers' pods. */
    public FileJobStatusBuilder selector(@Nullable String value) {
        this.selector = value;
        return this;
    }

    /** Sets the label selector of the ConfigMaps with the workers' profiles. */
    public FileJobStatusBuilder profile(@Nullable String value) {
        this.profile = value;
        return this;
    }

    /** Sets the value of the annotation that asked for a redrive and was acted upon last. */
    public FileJobStatusBuilder redrive(@Nullable String value) {
        this.redrive = value;
        return this;
    }

    /** Sets the texts for the columns of kubectl get. */
    public FileJobStatusBuilder summary(@Nullable Summary value) {
        this.summary = value;
        return this;
    }

    /** Returns the status. */
    public FileJobStatus build() {
        return new FileJobStatus(
                observedGeneration,
                phase,
                reason,
                conditions,
                startTime,
                completionTime,
                plan,
                slices,
                rows,
                rejected,
                result,
                callback,
                message,
                workers,
                selector,
                redrive,
                profile,
                summary);
    }
}
