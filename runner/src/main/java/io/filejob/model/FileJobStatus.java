package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a job, and the proof that it is all of it: slices done are those planned, rows in are rows used and
 * rejected.
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
    "message",
    "workers",
    "selector",
    "summary"
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileJobStatus(
        @JsonPropertyDescription("The metadata.generation that this is about; absent in local runs.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Where the job stands, for people; programs read the conditions.")
        Phase phase,

        @JsonPropertyDescription("Why it stands there, one word: the reason of the condition that says so.") @Nullable
        String reason,

        @JsonPropertyDescription("What holds for the job, such as Complete or Failed, and why.")
        List<Condition> conditions,

        @JsonPropertyDescription("When work began, RFC 3339.") @Nullable
        String startTime,

        @JsonPropertyDescription("When it ended, RFC 3339.") @Nullable
        String completionTime,

        @JsonPropertyDescription("What was planned.") @Nullable
        PlanStatus plan,

        @JsonPropertyDescription("How far it got.") @Nullable
        SliceProgress slices,

        @JsonPropertyDescription("How many rows were read and what became of them.") @Nullable
        RowCounts rows,

        @JsonPropertyDescription("What bad records look like; absent if there are none.") @Nullable
        Rejected rejected,

        @JsonPropertyDescription("What came out; absent unless complete.") @Nullable
        JobResult result,

        @JsonPropertyDescription("One line for people.") String message,

        @JsonPropertyDescription("How many workers are in effect.") @Nullable
        Integer workers,

        @JsonPropertyDescription("A label selector that matches the workers' pods; absent in local runs.") @Nullable
        String selector,

        @JsonPropertyDescription("What kubectl get shows.") @Nullable
        Summary summary) {
    /** The same, as the status of this generation of the resource. */
    public FileJobStatus observed(@Nullable Long generation) {
        return new FileJobStatus(
                generation,
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
                message,
                workers,
                selector,
                summary);
    }
}
