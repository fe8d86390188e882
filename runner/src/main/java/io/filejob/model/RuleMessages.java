package io.filejob.model;

/** Messages of the rules between fields, for the command line and the API server; %s is replaced by a value. */
final class RuleMessages {
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

    static final String WRITTEN_TWICE = "%s is the file %s of spec.output.uri too; name another file";
    static final String IS_INPUT = "%s is one of the input files%s; name another file";
    static final String IS_KEPT =
            "%s is one of the generated files that spec.input.generate.keep asks for; name another file";
    static final String IN_STORE = "%s is in the store %s, which is for the job alone; name another file";
    static final String STORE_OF_INPUT = "the store %s holds %s; name a folder for the store alone";

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
