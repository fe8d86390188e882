package io.filejob.measure;

import java.time.YearMonth;

/** Calendar dates in the format {@code YYYY-MM-DD}, which sort by their bytes. */
public final class Dates {
    /** The message about a field that is no date. */
    public static final String NOT_A_DATE = "not a date";

    private static final int LENGTH = 10;

    private Dates() {}

    /** Returns whether the bytes are a day of the calendar, as {@code 2026-02-28}. */
    public static boolean isDate(byte[] bytes, int from, int to) {
        if (to - from != LENGTH || bytes[from + 4] != '-' || bytes[from + 7] != '-') {
            return false;
        }
        int year = number(bytes, from, from + 4);
        int month = number(bytes, from + 5, from + 7);
        int day = number(bytes, from + 8, to);
        return year >= 0
                && month >= 1
                && month <= 12
                && day >= 1
                && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth());
    }

    /** Returns the number of at most nine decimal digits {@code bytes[from, to)}, negative if there is another character. */
    public static int number(byte[] bytes, int from, int to) {
        int number = 0;
        for (int p = from; p < to; p++) {
            if (bytes[p] < '0' || bytes[p] > '9') {
                return -1;
            }
            number = 10 * number + bytes[p] - '0';
        }
        return number;
    }
}
