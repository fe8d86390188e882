package io.filejob.service.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.service.job.JobChange;
import io.filejob.service.problem.ProblemDetail;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobChangesTest {
    @Test
    void aPatchOfTheJobAndOfItsSpecAreTheSame() {
        assertThat(JobChanges.read("{\"workers\": 4}")).isEqualTo(new JobChange(4, null));
        assertThat(JobChanges.read("{\"spec\": {\"workers\": 4, \"suspend\": true}}"))
                .isEqualTo(new JobChange(4, true));
        assertThat(JobChanges.read("{}")).isEqualTo(new JobChange(null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"workers\": 0}               | workers",
                "{\"workers\": 10001}           | workers",
                "{\"workers\": 99999999999999}  | workers",
                "{\"workers\": 2.5}             | workers",
                "{\"workers\": \"4\"}           | workers",
                "{\"workers\": null}            | workers",
                "{\"suspend\": \"true\"}        | suspend",
                "{\"spec\": {\"suspend\": 1}}   | spec.suspend",
                "{\"spec\": {\"memory\": 1}}    | spec.memory",
                "{\"spec\": []}                 | spec",
                "{\"spec\": {}, \"status\": {}} | status",
                "{\"metadata\": {}}             | metadata",
            })
    void aChangeOfAnythingElseIsRefusedWithItsField(String patch, String field) {
        assertThatThrownBy(() -> JobChanges.read(patch)).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.type()).isEqualTo(ProblemType.INVALID);
            assertThat(problem.response("/").errors())
                    .extracting(ProblemDetail::field)
                    .containsExactly(field);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "4", "null", "{", "workers: 4"})
    void aBodyThatIsNotAnObjectIsMalformed(String patch) {
        assertThatThrownBy(() -> JobChanges.read(patch))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.type())
                        .isEqualTo(ProblemType.BAD_REQUEST));
    }
}
