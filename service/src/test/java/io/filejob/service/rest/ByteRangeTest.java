package io.filejob.service.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    private static final long SIZE = 1000;

    @ParameterizedTest
    @CsvSource({
        "bytes=0-9,      0,   10",
        "bytes=10-19,    10,  10",
        "bytes=990-,     990, 10",
        "bytes=0-,       0,   1000",
        "bytes=995-2000, 995, 5",
        "bytes=999-999,  999, 1",
        "bytes=-10,      990, 10",
        "bytes=-5000,    0,   1000",
        "'bytes= 1 - 2', 1,   2",
    })
    void aRangeIsCutToTheFile(String header, long from, long length) {
        assertThat(ByteRange.parse(header, SIZE)).isEqualTo(new ByteRange(from, length, false));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"bytes=-", "bytes=5-4", "bytes=0-1,5-6", "lines=0-1", "bytes=a-b", "bytes 0-1", ""})
    void otherHeadersMeanTheWholeFile(String header) {
        assertThat(ByteRange.parse(header, SIZE)).isEqualTo(new ByteRange(0, SIZE, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000-", "bytes=1000-1001", "bytes=-0", "bytes=999999999999999999-"})
    void aRangeWithoutAByteOfTheFileIsRefused(String header) {
        assertThatThrownBy(() -> ByteRange.parse(header, SIZE))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.type()).isEqualTo(ProblemType.RANGE_NOT_SATISFIABLE);
                    assertThat(problem.headers()).containsEntry("Content-Range", "bytes */1000");
                });
    }

    @Test
    void anEmptyFileHasNoRange() {
        assertThat(ByteRange.parse(null, 0)).isEqualTo(new ByteRange(0, 0, true));
        assertThatThrownBy(() -> ByteRange.parse("bytes=0-0", 0)).isInstanceOf(ProblemException.class);
    }
}
