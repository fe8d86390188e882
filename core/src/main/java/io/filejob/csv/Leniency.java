package io.filejob.csv;

import io.filejob.spec.CsvFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Deviations of a CSV file from regular records that a spec allows.
 *
 * @param encoding the encoding of the text
 * @param skipLines number of lines before the header, or before the first record of files without a header
 * @param skipFooter number of lines at the end of each file that are not read
 * @param looseNames whether names of columns match regardless of case and of blanks around them
 * @param lenientQuotes whether quotes at unexpected positions are text
 * @param trailingDelimiter whether a record may end with a further delimiter
 * @param fillMissing whether fields that are missing at the end of a record are null
 * @param fillColumns whether columns that a file lacks are null
 * @param decimal the character before the fraction of a number, {@code .} or {@code ,}
 * @param thousands the character between groups of three digits; empty if there are no groups
 * @param otherNulls texts that represent null besides the dialect's null text
 */
public record Leniency(
        TextEncoding encoding,
        int skipLines,
        int skipFooter,
        boolean looseNames,
        boolean lenientQuotes,
        boolean trailingDelimiter,
        boolean fillMissing,
        boolean fillColumns,
        char decimal,
        String thousands,
        List<String> otherNulls) {
    /** Regular records only. */
    static final Leniency NONE =
            new Leniency(TextEncoding.UTF_8, 0, 0, false, false, false, false, false, '.', "", List.of());

    /** Copies the texts. */
    public Leniency {
        otherNulls = List.copyOf(otherNulls);
    }

    static Leniency of(CsvFormat csv) {
        List<String> nulls = csv.allNullTexts();
        return new Leniency(
                TextEncoding.of(csv.encoding()),
                Objects.requireNonNullElse(csv.skipLines(), 0),
                Objects.requireNonNullElse(csv.skipFooter(), 0),
                isSet(csv.looseNames()),
                isSet(csv.lenientQuotes()),
                isSet(csv.trailingDelimiter()),
                isSet(csv.fillMissing()),
                isSet(csv.fillColumns()),
                Objects.requireNonNullElse(csv.decimal(), ".").charAt(0),
                Objects.requireNonNullElse(csv.thousands(), ""),
                nulls.isEmpty() ? nulls : nulls.subList(1, nulls.size()));
    }

    private static boolean isSet(@Nullable Boolean option) {
        return Boolean.TRUE.equals(option);
    }

    /** Returns whether the reader fills in nulls. */
    boolean fills() {
        return fillMissing || fillColumns;
    }

    /** Returns whether records with another number of fields than the header, or with odd quotes, may be accepted. */
    boolean repairs() {
        return lenientQuotes || trailingDelimiter || fillMissing;
    }

    /** Returns whether numbers have another syntax than {@code 1234.5}. */
    boolean hasOtherNumbers() {
        return decimal != '.' || !thousands.isEmpty();
    }

    /** Returns the bytes between groups of digits, empty if there are no groups. */
    byte[] thousandsBytes() {
        return thousands.getBytes(StandardCharsets.UTF_8);
    }
}
