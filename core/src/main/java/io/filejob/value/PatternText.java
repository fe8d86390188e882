package io.filejob.value;

import io.filejob.spec.CsvFormat;
import io.filejob.spec.GenerateSpec;
import io.filejob.spec.NetworkSpec;
import io.filejob.spec.PodSpec;
import io.filejob.spec.VolumeSpec;

/** Messages about texts that do not match the pattern of their field, in words instead of a regular expression. */
public final class PatternText {
    private static final String CHARACTER =
            " is not a single ASCII character other than digits and control characters: write for example \";\"";
    private static final String TAB = ", or \"\\t\" in double quotes for a tab";

    private static final String DELIMITER = CHARACTER + TAB
            + ", or auto; instead of a doubled one (\"||\"), the single one, with empty columns between";

    private PatternText() {}

    /** Returns the reason why a text does not match {@code pattern}, to be appended to the text. */
    public static String problem(String pattern) {
        return switch (pattern) {
            case CsvFormat.ONE_CHARACTER -> CHARACTER + TAB;
            case CsvFormat.DELIMITER -> DELIMITER;
            case CsvFormat.ONE_CHARACTER_OR_NONE -> CHARACTER + TAB + ", or \"\" for none";
            case PodSpec.NAME ->
                " is not a name: use lower case letters, digits, '-' and '.', with a letter or digit at both ends and"
                        + " beside each '.'";
            case VolumeSpec.LABEL ->
                " is not a name: use lower case letters, digits and '-', with a letter or digit at both ends";
            case PodSpec.QUALIFIED_NAME ->
                " is not a key: use 1 to 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends;"
                        + " before it may stand a domain and '/'";
            case PodSpec.LABEL_VALUE ->
                " is not a label's value: use at most 63 letters, digits, '-', '_' and '.', with a letter or digit at"
                        + " both ends";
            case NetworkSpec.HOST ->
                " is not a host: write a name, *.name or an IP address, without scheme, port and path";
            case CsvFormat.DECIMAL_CHARACTER -> " is neither a comma nor a point: write \",\" or \".\"";
            case CsvFormat.THOUSANDS_CHARACTER ->
                " does not separate groups of digits: write a comma, a point, an apostrophe or a space, for example \".\"";
            case GenerateSpec.DECIMAL ->
                " is not a decimal: write at most 19 digits and 18 decimals, for example -12.5";
            default -> " has characters or a form that this field does not take";
        };
    }
}
