package io.filejob.operation.average;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.ledger.AveragePartial;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AverageTest {
    @ParameterizedTest
    @CsvSource({
        // sum, count, mean
        "10, 4, 2.5",
        "100, 10, 10",
        "1E+3, 1, 1000",
        "-1, 8, -0.125",
        "0, 3, 0",
        "1, 3, 0.3333333333333333333333333333333333",
        "2, 3, 0.6666666666666666666666666666666667",
        "2E-20, 2, 0.00000000000000000001",
        // Half even: the digit before a tie decides.
        "200000000000000000000000000000001, 2, 100000000000000000000000000000000.5",
        "20000000000000000000000000000000001, 2, 10000000000000000000000000000000000",
        "20000000000000000000000000000000010, 2, 10000000000000000000000000000000000",
        "20000000000000000000000000000000030, 2, 10000000000000000000000000000000020",
    })
    void isRoundedOnceTo34DigitsHalfEven(String sum, long count, String mean) {
        assertThat(Average.of(List.of(new AveragePartial(sum, count))).mean()).isEqualTo(mean);
    }

    @Test
    void doesNotDependOnTheOrderOfPartials() {
        AveragePartial big = new AveragePartial("1E+30", 1);
        AveragePartial small = new AveragePartial("1E-30", 1);
        AveragePartial minusBig = new AveragePartial("-1E+30", 1);
        assertThat(Average.of(List.of(big, small, minusBig)).sum())
                .isEqualByComparingTo(Average.of(List.of(big, minusBig, small)).sum())
                .isEqualByComparingTo("1E-30");
    }

    @Test
    void ofNothingIsNothing() {
        assertThat(Average.of(List.of()).mean()).isNull();
        assertThat(Average.of(List.of()).csv(true)).isEqualTo("average\n\n");
    }
}
