package io.filejob.model;

/** Messages of the rules between fields, for the command line and the API server; %s is replaced by a value. */
final class RuleMessages {
    static final String WITHOUT_SKIP = "has no effect without onBadRecord: skip: add that, or leave this out";

    static final String FORMAT_OF_GENERATED = "has no effect with generate: leave it out";
    static final String SLICE_BYTES_OF_GENERATED = FORMAT_OF_GENERATED + " (filesPerSlice sets the slices)";
    static final String NO_FILES = "[] names no file: list at least one path, folder or glob";

    static final String IS_DELIMITER = "%s is the delimiter too: choose another";
    static final String IS_QUOTE = "%s is the quote too: choose another";
    static final String ESCAPE_IS_QUOTE = "%s is the quote too: leave it out (quotes are doubled then)";
    static final String ESCAPE_WITHOUT_QUOTE = "%s has no effect without a quote: leave it out";
    static final String NO_FIELDS_TEXT =
            "cannot be the text of an unquoted field: leave out line breaks, the delimiter and the quote";
    static final String NO_OUTPUT_TEXT =
            "%s cannot stand for no value in the output, where ',' and '\"' mean something: choose another";
    static final String COLUMNS_WITH_HEADER = "has no effect with a header: set header: false, or leave this out";
    static final String NO_COLUMNS = "[] names no column: list all of them, or leave it out";
    static final String COLUMN_TWICE = "has a name twice: tell those columns apart";
    static final String OTHER_ENCODING =
            "%s is not supported, only UTF-8: convert the files first, for example with iconv -f %s -t UTF-8";

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
    static final String NEEDS_CSV = "needs columns, but the input is %s: use CSV files";

    static final String NO_MEASURES = "[] computes nothing: list at least one, for example {function: count}";
    static final String COLUMN_OF_MEASURE = "is required for %s: name a column";
    static final String TYPE_OF_FUNCTION = "has no effect with %s: leave it out";
    static final String TWICE = "%s is there twice: leave one out";
    static final String TWO_COLUMNS = "would give two columns of the output one name: tell them apart with as";
    static final String NO_NAME = "has a blank name: give as a text, or leave it out";
    static final String NO_OUTPUT_COLUMN = "%s is no column of the output: use one of groupBy or the name of a measure";
    static final String TYPE_OF_ORDER = "is required for %s: choose decimal, date or string";
    static final String TYPE_OF_KEY = "%s is a key and compared by order: give the type, decimal, date or string";
    static final String TYPE_OF_MEASURE = "%s is a measure, which has its own type: leave type out";
    static final String NOT_A_DECIMAL = "%s is not a decimal: write for example 100 or -12.5";
    static final String NOT_A_DATE = "%s is not a date: write YYYY-MM-DD";
    static final String NOT_A_DECIMAL_OF = "%s holds decimals, but %s is none: write for example 100 or -12.5";
    static final String NOT_A_DATE_OF = "%s holds dates, but %s is none: write YYYY-MM-DD";

    static final String OUTPUT_OF_INGEST = "has no effect with ingest, since the rows go into the table: leave it out";
    static final String COLUMNS_WITHOUT_HEADER =
            "is required where the input has neither a header nor format.csv.columns: say which go where";
    static final String KEYS_REQUIRED = "is required for mode: upsert: list the table's columns that tell rows apart";
    static final String OF_OTHER_MODE = "has no effect with mode: %s: leave it out";
    static final String DUPLICATES_WITHOUT_KEYS = "has no effect without keys: add them, or leave this out";
    static final String KEY_NOT_LOADED = "%s is none of the table's columns in columns: add it there, or leave it out";
    static final String NO_TARGETS = "[] names no column: list at least one, or leave it out";
    static final String TARGET_TWICE = "has two for one column of the table: tell them apart with to";
    static final String TARGET_OF_POSITION = "is required for %s: name the table's column";
    static final String NOT_A_TARGET = "%s cannot name a column of the table, which takes 1 to " + Identifier.MAX_LENGTH
            + " bytes and no control characters: give one in to";
    static final String NOT_A_TYPE =
            "%s is not a type: write one of PostgreSQL's, for example numeric(10,2), timestamp with time zone or text[]";
    static final String NO_TABLES = "[] names no table: list at least one, or leave it out";
    static final String LOADED_TABLE = "has %s, the table that is loaded: name another";
    static final String TABLE_TWICE = "has two of one table: name another";
    static final String NO_GROUPS = "[] makes no groups: list at least one column";
    static final String FUNCTION_OF_ORDER = "%s is not for tables, since their rows have no order: use min or max";
    static final String TYPE_IN_TABLE = "has no effect here, since the table's columns have types: leave it out";
    static final String NOT_A_MEASURE = "%s cannot name a column of the table, which takes 1 to "
            + Identifier.MAX_LENGTH + " bytes and no control characters: give another with as";

    static final String FOLDER = "%s is a folder: add the name of a file";
    static final String REJECTS_IN_OUTPUT = "is the output too: name another file";
    static final String WRITTEN_TWICE = "%s is the file %s of spec.output.uri too; name another file";
    static final String IS_INPUT = "%s is one of the input files%s; name another file";
    static final String IS_KEPT =
            "%s is one of the generated files that spec.input.generate.keep asks for; name another file";
    static final String IN_STORE = "%s is in the store %s, which is for the job alone; name another file";
    static final String STORE_OF_INPUT = "the store %s holds %s; name a folder for the store alone";
    static final String PARTS_WITHOUT_GROUPS = "has no effect without aggregate: leave it out";
    static final String PARTS_OF_CONFIG_MAP = "has no effect with configMap: leave it out";
    static final String LITTLE_MEMORY = "is less than " + FileJobSpec.MIN_MEMORY + ": use that or more";
    static final String S3_WITHOUT_PLACE = "has no effect where no place is an s3: URI: leave it out";
    static final String NOT_AN_ENDPOINT =
            "%s is not an endpoint: write https://host or http://host:port, without a user";
    static final String CA_OF_HTTP = "has no effect with an http: endpoint: leave it out";
    static final String VOLUME_TWICE = "has two of one name: choose another";
    static final String PATH_TWICE = "has two of one mountPath: choose another";
    static final String NOT_A_MOUNT_PATH = "%s cannot be mounted at: write an absolute path, for example /data, without"
            + " . and .., a colon, and a / at its end";
    static final String TAKEN = "%s is not free in the pods: choose another path, for example /data";

    static final String RESERVED_KEY =
            "has a key that is reserved for FileJob, Kubernetes or Kueue: use one with a domain of your own";
    static final String LONG_PREFIX = "has a key with a prefix of more than 253 characters: shorten it";
    static final String NOT_A_RESOURCE =
            "has an unknown resource: use cpu, memory, ephemeral-storage, hugepages-SIZE or"
                    + " an extended resource with its domain, for example nvidia.com/gpu";
    static final String MORE_THAN_LIMIT =
            "cpu, memory or ephemeral-storage is more than in limits: lower the request, or raise the limit";
    static final String OTHER_THAN_LIMIT =
            "huge pages or an extended resource differs from limits: write the same amount in both";
    static final String NOT_WHOLE = "an extended resource is not a whole number: write for example 1";
    static final String HUGE_PAGES_ALONE = "huge pages need memory or cpu as well: add one of them";

    static final String VALUE_OF_EXISTS = "has no effect with operator: Exists: leave it out";
    static final String KEY_OF_EQUAL = "is required without operator: Exists: name the taint's key";
    static final String SECONDS_WITHOUT_EFFECT = "has no effect without effect: NoExecute: add that, or leave this out";

    private RuleMessages() {}
}
