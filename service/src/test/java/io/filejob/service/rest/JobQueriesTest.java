package io.filejob.service.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.service.job.JobQuery;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.status.Phase;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobQueriesTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2027-03-01T12:00:00Z"), ZoneOffset.UTC);

    @Test
    void withoutParametersItIsTheFirstPageOfAllJobs() {
        assertThat(query()).isEqualTo(JobQuery.all());
    }

    @Test
    void eachParameterIsACondition() {
        assertThat(query(
                        "phase",
                        "Running,complete",
                        "phase",
                        "Failed",
                        "operation",
                        "ingest",
                        "text",
                        "plays",
                        "since",
                        "2027-01-01T00:00:00Z",
                        "limit",
                        "500",
                        "after",
                        "x"))
                .isEqualTo(new JobQuery(
                        null,
                        Set.of(Phase.RUNNING, Phase.COMPLETE, Phase.FAILED),
                        "ingest",
                        "plays",
                        Instant.parse("2027-01-01T00:00:00Z"),
                        500,
                        "x"));
    }

    @ParameterizedTest
    @CsvSource({
        "90s, 2027-03-01T11:58:30Z",
        "15m, 2027-03-01T11:45:00Z",
        "24h, 2027-02-28T12:00:00Z",
        "7d, 2027-02-22T12:00:00Z"
    })
    void anAgeIsCountedFromNow(String age, Instant since) {
        assertThat(query("age", age).since()).isEqualTo(since);
    }

    @ParameterizedTest
    @CsvSource({
        "phase, Ended",
        "phase, ''",
        "operation, sort",
        "since, yesterday",
        "age, 1w",
        "age, -1h",
        "age, 9999999999d",
        "limit, 0",
        "limit, 501",
        "limit, ten",
        "limit, ''"
    })
    void otherValuesAreRefusedWithTheNameOfTheParameter(String name, String value) {
        assertThatThrownBy(() -> query(name, value)).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.type()).isEqualTo(ProblemType.BAD_REQUEST);
            assertThat(problem).hasMessageStartingWith(name + ":");
        });
    }

    private static JobQuery query(String... namesAndValues) {
        MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return JobQueries.of(null, parameters, NOON);
    }
}
