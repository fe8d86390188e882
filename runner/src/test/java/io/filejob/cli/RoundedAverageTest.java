package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoundedAverageTest {
    @ParameterizedTest
    @CsvSource({
        "2.333333333333333333333333333333333, 2.33333333333333",
        "0.00001234567890123456789, 0.0000123456789012346",
        "-66666.66666666666666666666666666667, -66666.6666666667",
        "123456789012345678.5, 123456789012345678",
        "12345678901234567890, 12345678901234567890",
        "0.9999999999999999, 1",
        "1999.99999999999999, 2000",
        "499.983287663, 499.983287663",
        "0, 0",
        "'', ''",
        "n/a, n/a",
        "1.2345678901234567…, 1.2345678901234567…"
    })
    void digitsOfAFractionAreLimited(String average, String shown) {
        assertThat(RoundedAverage.of(average)).isEqualTo(shown);
    }
}
