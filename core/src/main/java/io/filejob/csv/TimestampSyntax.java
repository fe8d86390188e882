package io.filejob.csv;

import io.filejob.bytes.ByteList;
import io.filejob.spec.TimestampUnit;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times in the format of a spec, truncated to a unit: {@code 2020-01-31T13:00}, {@code 2020-01-31}, {@code
 * 2020-01} or {@code 2020}, which sort by their bytes. The time of day must exist; offsets from UTC are ignored. Not
 * thread-safe.
 */
public final class TimestampSyntax {
    private static final Pattern ELEMENTS = Pattern.compile("yyyy|MM?|dd?|HH?|mm|ss|.", Pattern.DOTALL);
    private static final Pattern ISO_DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern ISO_REST =
            Pattern.compile("(:[0-9]{2})?([.,][0-9]{1,9})?( ?(Z|[+-][0-9]{2}(:?[0-9]{2})?))?");
    private static final int ISO_DATE_LENGTH = 10;
    private static final int ISO_MINUTE_LENGTH = 16;

    private final TimestampUnit unit;
    private final @Nullable List<String> elements;
    private String field = "";
    private int at;
    private int year;
    private int month;
    private int day;
    private int hour;
    private int minute;
    private int second;

    /** Creates a syntax; {@code format} is valid in a spec, or null for ISO 8601. */
    public TimestampSyntax(TimestampUnit unit, @Nullable String format) {
        this.unit = unit;
        this.elements = format == null ? null : elements(format);
    }

    private static List<String> elements(String format) {
        List<String> elements = new ArrayList<>();
        Matcher matcher = ELEMENTS.matcher(format);
        while (matcher.find()) {
            elements.add(matcher.group());
        }
        return elements;
    }

    /** Appends the truncated timestamp {@code bytes[from, to)}; returns false, with nothing appended, for another text. */
    boolean append(byte[] bytes, int from, int to, ByteList out) {
        String truncated = truncated(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        if (truncated == null) {
            return false;
        }
        for (int i = 0; i < truncated.length(); i++) {
            out.put(truncated.charAt(i));
        }
        return true;
    }

    /** Returns the truncated timestamp, or null if {@code text} is not a timestamp in the format. */
    @Nullable
    String truncated(String text) {
        field = text.strip();
        at = 0;
        year = -1;
        month = -1;
        day = -1;
        hour = 0;
        minute = 0;
        second = 0;
        if (!(elements == null ? isIso() : isFormatted(elements)) || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        if (year < 1) {
            return null;
        }
        try {
            return text(LocalDate.of(year, month, day));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private String text(LocalDate date) {
        return switch (unit) {
            case HOUR -> date + String.format(Locale.ROOT, "T%02d:00", hour);
            case DAY -> date.toString();
            case WEEK ->
                date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).toString();
            case MONTH -> date.toString().substring(0, "yyyy-MM".length());
            case YEAR -> date.toString().substring(0, "yyyy".length());
        };
    }

    private boolean isIso() {
        if (field.length() < ISO_DATE_LENGTH
                || !ISO_DATE.matcher(field).region(0, ISO_DATE_LENGTH).matches()) {
            return false;
        }
        year = digits(4, 4);
        at++;
        month = digits(2, 2);
        at++;
        day = digits(2, 2);
        if (at == field.length()) {
            return true;
        }
        char separator = field.charAt(at++);
        if (field.length() < ISO_MINUTE_LENGTH || (separator != 'T' && separator != ' ')) {
            return false;
        }
        hour = digits(2, 2);
        boolean isMinute = field.charAt(at++) == ':';
        minute = digits(2, 2);
        Matcher rest = ISO_REST.matcher(field).region(at, field.length());
        if (!isMinute || hour < 0 || minute < 0 || !rest.matches()) {
            return false;
        }
        if (rest.group(1) != null) {
            at++;
            second = digits(2, 2);
        }
        return true;
    }

    private boolean isFormatted(List<String> format) {
        for (String element : format) {
            switch (element) {
                case "yyyy" -> year = digits(4, 4);
                case "MM" -> month = digits(2, 2);
                case "M" -> month = digits(1, 2);
                case "dd" -> day = digits(2, 2);
                case "d" -> day = digits(1, 2);
                case "HH" -> hour = digits(2, 2);
                case "H" -> hour = digits(1, 2);
                case "mm" -> minute = digits(2, 2);
                case "ss" -> second = digits(2, 2);
                default -> {
                    if (!field.startsWith(element, at)) {
                        return false;
                    }
                    at += element.length();
                }
            }
            if (hour < 0 || minute < 0 || second < 0) {
                return false;
            }
        }
        return at == field.length();
    }

    /** Returns the next number of {@code min} to {@code max} digits, or -1. */
    private int digits(int min, int max) {
        int number = 0;
        int count = 0;
        while (count < max && at < field.length() && field.charAt(at) >= '0' && field.charAt(at) <= '9') {
            number = 10 * number + field.charAt(at++) - '0';
            count++;
        }
        return count < min ? -1 : number;
    }
}
