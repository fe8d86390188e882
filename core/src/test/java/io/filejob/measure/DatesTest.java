package io.filejob.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.examples.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Dates are valid exactly if the JDK accepts them in the form of four, two and two digits. */
final class DatesTest {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    @Test
    void everyDayOfEveryMonthIsChecked() {
        for (int year : new int[] {0, 1, 1900, 2000, 2023, 2024, 9999}) {
            for (int month = 0; month <= 13; month++) {
                for (int day = 0; day <= 32; day++) {
                    assertLikeJdk(String.format(Locale.ROOT, "%04d-%02d-%02d", year, month, day));
                }
            }
        }
    }

    @Test
    void otherTextsAreRefused() {
        Seeds.repeat(5000, random -> {
            StringBuilder text = new StringBuilder("2024-02-29");
            for (int i = random.nextInt(3); i > 0; i--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, Seeds.pick(random, '0', '1', '9', '-', '/', ':', 'a', ' '));
                    case 1 -> text.deleteCharAt(at);
                    default -> text.insert(at, Seeds.pick(random, '0', '-', '+', ' '));
                }
            }
            assertLikeJdk(text.toString());
        });
    }

    private static void assertLikeJdk(String text) {
        byte[] within = ("9" + text + "9").getBytes(StandardCharsets.US_ASCII);
        assertThat(Dates.isDate(within, 1, within.length - 1)).as(text).isEqualTo(isDate(text));
    }

    private static boolean isDate(String text) {
        try {
            return text.length() == 10 && LocalDate.parse(text, FORM).toString().equals(text);
        } catch (DateTimeException e) {
            return false;
        }
    }
}
