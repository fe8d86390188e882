package io.filejob.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.spec.TimestampUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimestampSyntaxTest {
    @ParameterizedTest
    @CsvSource({
        "DAY, , 2020-02-29, 2020-02-29",
        "DAY, , 2021-02-29, ",
        "DAY, , 0000-01-01, ",
        "DAY, , 2020-01-01x, ",
        "DAY, , 2020-01-01 1, ",
        "DAY, , 2020-01-01T24:00, ",
        "DAY, , 2020-01-01T12:00:60, ",
        "HOUR, , 2020-01-01, 2020-01-01T00:00",
        "HOUR, , 2020-01-01T23:59:59.999999999Z, 2020-01-01T23:00",
        "HOUR, , 2020-01-01 23:59+0530, 2020-01-01T23:00",
        "WEEK, , 2020-01-01, 2019-12-30",
        "WEEK, , 0001-01-01, 0001-01-01",
        "WEEK, , 2020-01-06, 2020-01-06",
        "MONTH, , 2020-12-31, 2020-12",
        "YEAR, d.M.yyyy, 1.2.2020, 2020",
        "YEAR, d.M.yyyy, 01.02.2020, 2020",
        "DAY, dd.MM.yyyy, 1.2.2020, ",
        "DAY, dd.MM.yyyy, 01.02.2020 , 2020-02-01",
        "DAY, dd.MM.yyyy, 01.02.20201, ",
        "DAY, dd.MM.yyyy, 01.02.2020 10:00, ",
        "HOUR, yyyyMMddHH, 2020020113, 2020-02-01T13:00",
    })
    void truncatesAndRefuses(TimestampUnit unit, @Nullable String format, String text, @Nullable String expected) {
        assertThat(new TimestampSyntax(unit, format).truncated(text)).isEqualTo(expected);
    }
}
