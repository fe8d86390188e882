package io.filejob.numeric;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DecimalSumTest {
    private final DecimalSum sum = new DecimalSum();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "+7",
                "12.50",
                "-12.50",
                ".5",
                "5.",
                "-.5",
                "+5.",
                "1e3",
                "1E3",
                "1e-3",
                "1.5e+2",
                ".5e1",
                "5.e1",
                "1e0000000000000000000001",
                "1e1000",
                "1e-1000",
                "000000000000000000000001",
                "1234567890123456789012345678901234567890.1234567890",
                "99999999999999999999999999999999999999e-30"
            })
    void addsWhatIsANumber(String text) {
        assertThat(add(text)).isTrue();
        assertThat(sum.total()).isEqualByComparingTo(new BigDecimal(text));
        assertThat(sum.count()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "abc",
                "NaN",
                "Infinity",
                "-",
                "+",
                ".",
                "-.",
                "e5",
                ".e5",
                "1e",
                "1e+",
                "1e1.5",
                "--1",
                "1-",
                "1 2",
                "1,000",
                "1_000",
                "0x10",
                "1.2.3",
                "1f",
                "1d",
                "\u0661",
                "\u00BD",
                "1\u00A0",
                "\n1",
                "1e1001",
                "1e-1001",
                "1e99999999999"
            })
    void refusesWhatIsNone(String text) {
        assertThat(add(text)).isFalse();
        assertThat(sum.total()).isEqualTo(BigDecimal.ZERO);
        assertThat(sum.count()).isZero();
    }

    @Test
    void ignoresSpacesAndTabsAround() {
        assertThat(add(" \t 1.5\t ")).isTrue();
        assertThat(sum.total()).isEqualTo(new BigDecimal("1.5"));
    }

    @Test
    void takesAThousandDigitsAndNotOneMore() {
        assertThat(reason("0".repeat(500) + "." + "1".repeat(500))).isNull();
        assertThat(reason("0".repeat(501) + "." + "1".repeat(500))).isEqualTo("more than 1000 digits");
        assertThat(reason("1e1001")).isEqualTo("exponent beyond 1000");
        assertThat(reason("9".repeat(1000) + "e1000")).isNull();
        assertThat(sum.total())
                .isEqualByComparingTo(
                        new BigDecimal("9".repeat(1000) + "e1000").add(new BigDecimal("." + "1".repeat(500))));
    }

    @Test
    void totalIsCanonical() {
        add("100");
        add("0.500");
        add("-0.5");
        assertThat(sum.total()).isEqualTo(new BigDecimal("1E+2"));
        add("-100");
        assertThat(sum.total()).isEqualTo(BigDecimal.ZERO);
    }

    @Test
    void startsAgainAfterReset() {
        add("1e900");
        sum.reset();
        add("2");
        assertThat(sum.total()).isEqualTo(new BigDecimal("2"));
        assertThat(sum.count()).isEqualTo(1);
    }

    @Test
    void isExactForAnyDigitsScalesAndSigns() {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            sum.reset();
            BigDecimal expected = BigDecimal.ZERO;
            for (int i = 0; i < 200; i++) {
                String text = number(random);
                assertThat(add(text)).as("seed %d: %s", seed, text).isTrue();
                expected = expected.add(new BigDecimal(text));
            }
            assertThat(sum.total()).as("seed %d", seed).isEqualByComparingTo(expected);
        }
    }

    @Test
    void carriesBeyondSixtyFourBits() {
        BigDecimal expected = BigDecimal.ZERO;
        for (int i = 0; i < 100; i++) {
            add("-999999999999999999");
            expected = expected.subtract(new BigDecimal("999999999999999999"));
        }
        assertThat(sum.total()).isEqualByComparingTo(expected);
        for (int i = 0; i < 250; i++) {
            add("999999999999999999");
            expected = expected.add(new BigDecimal("999999999999999999"));
        }
        assertThat(sum.total()).isEqualByComparingTo(expected);
    }

    private static String number(SplittableRandom random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
        int digits = 1 + random.nextInt(40);
        int point = random.nextInt(digits + 1);
        for (int i = 0; i < digits; i++) {
            text.append(i == point ? "." : "").append(random.nextInt(10));
        }
        return random.nextInt(4) == 0 ? text + "e" + random.nextInt(-50, 50) : text.toString();
    }

    private boolean add(String text) {
        byte[] bytes = ("9" + text + "9").getBytes(UTF_8);
        return sum.add(bytes, 1, bytes.length - 1);
    }

    private @Nullable String reason(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return sum.addOrReason(bytes, 0, bytes.length);
    }
}
