package io.filejob.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long the workers of a job may run after its end. */
final class DecisionTest {
    private static final String GENERATED = "\"input\": {\"generate\": {\"files\": 1, \"entriesPerFile\": 2}}";
    private static final String STORE = ", \"store\": {\"uri\": \"s3://b/store\"}";

    @ParameterizedTest
    @CsvSource({
        "COMPLETE, false, PT9S, false",
        "COMPLETE, false, PT10S, true",
        "COMPLETE, true, PT10S, false",
        "COMPLETE, true, PT29M59S, false",
        "COMPLETE, true, PT30M, true",
        "FAILED, true, PT10S, true",
        "RUNNING, false, PT10S, false"
    })
    void workersOfACompleteJobThatHasLeftDataMayCleanUp(
            Phase phase, boolean leavesData, Duration later, boolean isOverdue) {
        FileJobResource job = Jobs.job("{\"workers\": 1, " + GENERATED + ", \"operation\": {\"average\": {}}"
                + (leavesData ? STORE : "") + "}");

        Decision decision = new Decision(
                Seen.of(job).alive().at(Seen.NOW.plus(later)).observation(),
                FileJobStatus.builder(phase, "")
                        .completionTime(phase == Phase.RUNNING ? null : Seen.NOW.toString())
                        .build());

        assertThat(decision.isOverdue()).isEqualTo(isOverdue);
    }
}
