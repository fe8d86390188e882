package io.filejob.cli;

import java.util.Locale;

/** The format in which a command prints the result of its job; on the command line, case does not count. */
enum ResultFormat {
    /** A summary for people. */
    TEXT,
    /** All rows of the result as CSV. */
    CSV,
    /** The FileJob with its status as JSON. */
    JSON,
    /** The FileJob with its status as YAML. */
    YAML;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
