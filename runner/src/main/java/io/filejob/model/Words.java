package io.filejob.model;

/** What is said of fields that do not go together, by the command line and the API server; values go where %s is. */
final class Words {
    static final String TOLERATED_WITHOUT_SKIP = "has no effect without onBadRecord: skip: add that, or leave this out";

    static final String FORMAT_OF_GENERATED = "has no effect with generate: leave it out";
    static final String SLICE_BYTES_OF_GENERATED = FORMAT_OF_GENERATED + " (filesPerSlice sets the slices)";
    static final String NO_FILES = "[] names no file: list at least one path, folder or glob";
    static final String QUOTE_IS_DELIMITER = "%s is the delimiter too: choose another";

    static final String TOO_MANY_ENTRIES =
            "files times entriesPerFile is more than " + Long.MAX_VALUE + ": ask for fewer";
    static final String TOO_MANY_SLICES =
            "gives more than " + FileJobSpec.MAX_SLICES + " slices: use at least the number of files divided by that";
    static final String NO_NUMBERS = "there is no number with %s decimals from %s to %s: set max to min or more";
    static final String TOO_FINE =
            "the numbers from %s to %s with %s decimals do not fit 63 bits: use fewer decimals or a" + " smaller range";

    static final String COLUMN_WITHOUT_EFFECT = "%s has no effect where the input is %s: leave it out";
    static final String COLUMN_REQUIRED =
            "is required for CSV: name the column that holds the numbers (or set spec.input.format.lines: {})";

    static final String VALUE_OF_EXISTS = "has no effect with operator: Exists: leave it out";
    static final String KEY_OF_EQUAL = "is required without operator: Exists: name the taint's key";
    static final String SECONDS_WITHOUT_EFFECT = "has no effect without effect: NoExecute: add that, or leave this out";

    private Words() {}
}
