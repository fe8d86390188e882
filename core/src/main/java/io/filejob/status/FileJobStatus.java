package io.filejob.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.filejob.failure.UrlRedaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The observed state of a job, with completeness counters: slices done equal slices planned, and rows in equal rows
 * used
 * plus rows rejected.
 */
@JsonPropertyOrder({
    "observedGeneration",
    "phase",
    "reason",
    "conditions",
    "startTime",
    "completionTime",
    "plan",
    "slices",
    "rows",
    "rejected",
    "result",
    "callback",
    "message",
    "workers",
    "selector",
    "redrive",
    "profile",
    "summary"
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileJobStatus(
        @JsonPropertyDescription("The metadata.generation that this status was computed from; absent in local runs.")
        @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("The phase of the job, for people. Programs should read the conditions.")
        Phase phase,

        @JsonPropertyDescription("The reason for the phase in one word, taken from the condition that determines it.")
        @Nullable
        String reason,

        @JsonPropertyDescription("The conditions of the job, for example Complete or Failed.")
        List<Condition> conditions,

        @JsonPropertyDescription("When the job started (RFC 3339).") @Nullable
        String startTime,

        @JsonPropertyDescription("When the job ended (RFC 3339).") @Nullable
        String completionTime,

        @JsonPropertyDescription("The plan of the job.") @Nullable
        PlanStatus plan,

        @JsonPropertyDescription("The progress in slices.") @Nullable
        SliceProgress slices,

        @JsonPropertyDescription("The numbers of rows read, used and rejected.") @Nullable
        RowCounts rows,

        @JsonPropertyDescription("Samples of bad records; absent if there are none.") @Nullable
        Rejected rejected,

        @JsonPropertyDescription("The result; absent unless the job is complete.") @Nullable
        JobResult result,

        @JsonPropertyDescription(
                "The attempts to call the receiver of spec.callback; of a local run, only its status file has them.")
        @Nullable
        CallbackStatus callback,

        @JsonPropertyDescription("A summary of the state in one line, for people.")
        String message,

        @JsonPropertyDescription("The number of workers in effect.") @Nullable
        Integer workers,

        @JsonPropertyDescription("The label selector of the workers' pods; absent in local runs.") @Nullable
        String selector,

        @JsonPropertyDescription("The value of the annotation filejob.io/redrive that was acted upon last.") @Nullable
        String redrive,

        @JsonPropertyDescription(
                "The label selector of the ConfigMaps with the workers' profiles; absent unless the FileJob had the annotation"
                        + " filejob.io/profile while it ran, and in local runs.")
        @Nullable
        String profile,

        @JsonPropertyDescription("Texts for the columns of kubectl get.") @Nullable
        Summary summary) {
    /**
     * Reads missing conditions and messages, as another program may have written them, as empty. Masks credentials in URLs
     * of the message.
     */
    public FileJobStatus {
        conditions = conditions == null ? List.of() : conditions;
        message = message == null ? "" : UrlRedaction.of(message);
    }

    /** Starts a status without progress or result. */
    public static FileJobStatusBuilder builder(Phase phase, String message) {
        return new FileJobStatusBuilder(phase, message);
    }

    /** Starts a copy of this status. */
    public FileJobStatusBuilder toBuilder() {
        return new FileJobStatusBuilder(phase, message)
                .observedGeneration(observedGeneration)
                .reason(reason)
                .conditions(conditions)
                .startTime(startTime)
                .completionTime(completionTime)
                .plan(plan)
                .slices(slices)
                .rows(rows)
                .rejected(rejected)
                .result(result)
                .callback(callback)
                .workers(workers)
                .selector(selector)
                .redrive(redrive)
                .profile(profile)
                .summary(summary);
    }
}
