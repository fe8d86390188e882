package io.filejob.postgres;

import io.filejob.measure.Dates;
import io.filejob.postgres.FieldType.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Judges texts as PostgreSQL's dates and timestamps, as far as the result does not depend on its DateStyle: ISO 8601 in the
 * usual form, and texts without any digit.
 */
final class DateText {
    private static final int LENGTH = 10;
    private static final int MAX_LENGTH = 40;
    private static final Pattern TIME =
            Pattern.compile("[ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?"
                    + "(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)?");
    /** Words that mean a day. The server takes a run of letters for one word. */
    private static final Pattern WORD = Pattern.compile(
            "(?<![a-z])(now|today|tomorrow|yesterday|epoch|inf[a-z]*|allballs|current|invalid)(?![a-z])");

    private DateText() {}

    /** Returns what is known about {@code bytes[from, to)}. */
    static Verdict judge(byte[] bytes, int from, int to) {
        if (to - from > MAX_LENGTH) {
            return Verdict.UNKNOWN;
        }
        if (to - from >= LENGTH && bytes[from + 4] == '-' && bytes[from + 7] == '-') {
            int year = Dates.number(bytes, from, from + 4);
            int month = Dates.number(bytes, from + 5, from + 7);
            int day = Dates.number(bytes, from + 8, from + LENGTH);
            if (year > 0 && month >= 0 && day >= 0 && isTime(bytes, from + LENGTH, to)) {
                boolean exists = month >= 1
                        && month <= 12
                        && day >= 1
                        && day <= YearMonth.of(year, month).lengthOfMonth();
                return exists ? Verdict.VALID : Verdict.OUT_OF_RANGE;
            }
        }
        String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        boolean isOther = text.chars().anyMatch(c -> c > 0x7F || Character.isDigit(c));
        return isOther || WORD.matcher(text).find() ? Verdict.UNKNOWN : Verdict.INVALID;
    }

    private static boolean isTime(byte[] bytes, int from, int to) {
        return from == to
                || TIME.matcher(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1))
                        .matches();
    }
}
