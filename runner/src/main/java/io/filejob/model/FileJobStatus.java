package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a job, and the proof that it is all of it: slices done are those planned, rows in are rows used and
 * rejected.
 *
 * @param phase for people; programs read the conditions
 * @param conditions {@code Complete} or {@code Failed}, with the reason
 * @param startTime when the run began, RFC 3339
 * @param completionTime when it ended, RFC 3339
 * @param plan what was planned
 * @param slices how far it got
 * @param rows how many rows were read and what became of them
 * @param rejected what bad records look like; absent if there are none
 * @param result what came out; absent unless complete
 * @param message one line for people
 */
@JsonPropertyOrder({
    "phase",
    "conditions",
    "startTime",
    "completionTime",
    "plan",
    "slices",
    "rows",
    "rejected",
    "result",
    "message"
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileJobStatus(
        Phase phase,
        List<Condition> conditions,
        String startTime,
        String completionTime,
        @Nullable PlanStatus plan,
        @Nullable SliceProgress slices,
        @Nullable RowCounts rows,
        @Nullable Rejected rejected,
        @Nullable JobResult result,
        String message) {}
