package io.filejob.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ValueTypeTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "-12.50", "+7", ".5", "5.", "1e-3", "1E+0001000", "00", "-.5e1000"})
    void decimalsAreThoseOfFiles(String text) {
        assertThat(text).matches(ValueType.DECIMAL.pattern());
        assertThatCode(() -> new BigDecimal(text)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "-", "1,000", " 1", "1e", "e5", "1e1001", "NaN", "0x10", "1e1.5", "--1", "1\n"})
    void nothingElseIsADecimal(String text) {
        assertThat(text).doesNotMatch(ValueType.DECIMAL.pattern());
    }

    /** The days of 401 years (the calendar repeats itself after 400), including days that do not exist. */
    @Test
    void datesAreTheDaysThatThereAre() {
        Set<String> days = LocalDate.of(1900, 1, 1)
                .datesUntil(LocalDate.of(2301, 1, 1))
                .map(LocalDate::toString)
                .collect(Collectors.toSet());
        Predicate<String> isDate = Pattern.compile(ValueType.DATE.pattern()).asMatchPredicate();
        Set<String> accepted = new HashSet<>();
        for (int year = 1900; year <= 2300; year++) {
            for (int month = 0; month <= 13; month++) {
                for (int day = 0; day <= 32; day++) {
                    String text = String.format(Locale.ROOT, "%04d-%02d-%02d", year, month, day);
                    if (isDate.test(text)) {
                        accepted.add(text);
                    }
                }
            }
        }
        assertThat(accepted).isEqualTo(days);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2020-1-01", "20200101", "2020-01-01 ", "2020/01/01", "+2020-01-01", "02020-01-01"})
    void nothingElseIsADate(String text) {
        assertThat(text).doesNotMatch(ValueType.DATE.pattern());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a\nb"})
    void everyTextIsAString(String text) {
        assertThat(text).matches(ValueType.STRING.pattern());
    }
}
