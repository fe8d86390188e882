package io.filejob.csv;

import io.filejob.failure.Excerpt;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.value.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds columns by name or position, and describes headers that lack them. Thread-safe. */
final class ColumnLookup {
    /** Messages show at most this many names, each with at most {@link #MAX_NAME} characters. */
    private static final int MAX_NAMES = 50;

    private static final int MAX_NAME = 100;
    private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|", ":");

    private final CsvDialect dialect;
    private final Leniency leniency;

    ColumnLookup(CsvDialect dialect) {
        this.dialect = dialect;
        leniency = dialect.leniency();
    }

    /**
     * Returns the index of {@code column} among the {@code names} of a file's columns; -1 if it is absent and may be so.
     * Throws {@link JobFailedException} if it is absent or ambiguous, with {@code notUtf8} as the problem if the names
     * are not in the expected encoding.
     */
    int indexOf(String file, List<String> names, String column, @Nullable String notUtf8) {
        int index = names.indexOf(column);
        if (index < 0 && leniency.looseNames()) {
            index = looseIndexOf(file, names, column);
        }
        if (index < 0 && column.matches("#[1-9][0-9]{0,5}")) {
            return position(file, names, column);
        }
        if (notUtf8 != null && (index < 0 || names.indexOf(column) != names.lastIndexOf(column))) {
            throw bad(file, notUtf8);
        }
        if (index < 0 && leniency.fillColumns()) {
            return -1;
        }
        String where = dialect.header() ? " in its header, which has " : ": it has ";
        if (index < 0) {
            throw bad(file, "no column \"" + column + "\"" + where + quoted(names) + hint(file, names, column));
        }
        if (names.contains(column) && names.lastIndexOf(column) != index) {
            throw bad(file, "two columns \"" + column + "\"" + where + quoted(names));
        }
        return index;
    }

    private int position(String file, List<String> names, String column) {
        int index = Integer.parseInt(column, 1, column.length(), 10) - 1;
        if (index < names.size()) {
            return index;
        }
        if (leniency.fillColumns()) {
            return -1;
        }
        throw bad(file, "no column " + column + ": it has " + names.size() + hint(names, null));
    }

    /** Returns whether one of {@code names} is that of {@code column}. */
    boolean isNamed(List<String> names, String column) {
        return names.contains(column)
                || (leniency.looseNames() && names.stream().anyMatch(name -> isLooselyEqual(name, column)));
    }

    private static boolean isLooselyEqual(String name, String column) {
        return name.strip().equalsIgnoreCase(column.strip());
    }

    /** Returns the index of the only name that equals {@code column} but for case and blanks around it, or -1. */
    private static int looseIndexOf(String file, List<String> names, String column) {
        int index = -1;
        for (int i = 0; i < names.size(); i++) {
            if (isLooselyEqual(names.get(i), column)) {
                if (index >= 0) {
                    throw bad(file, "two columns match \"" + column + "\" in its header, which has " + quoted(names));
                }
                index = i;
            }
        }
        return index;
    }

    private String hint(String file, List<String> names, String column) {
        String hint = hint(names, column);
        return hint.isEmpty() && file.contains("/" + column + "=")
                ? "; folders named " + column + "=... are not read as a column"
                : hint;
    }

    /**
     * Returns the delimiter with which the header would have {@code column}, or several columns, or else the most similar
     * name, as part of a message.
     */
    private String hint(List<String> names, @Nullable String column) {
        return delimiter(names, column)
                .map(found -> "; the fields seem to be separated by \"" + (found.equals("\t") ? "\\t" : found)
                        + "\": set spec.input.format.csv.delimiter to it")
                .orElseGet(() -> column == null ? "" : similar(names, column));
    }

    private static String similar(List<String> names, String column) {
        if (column.matches("[1-9][0-9]{0,5}") && Integer.parseInt(column) <= names.size()) {
            return "; its column " + column + " is \"#" + column + "\"";
        }
        return Spelling.nearest(column, names)
                .map(name -> "; did you mean \"" + Excerpt.of(name, MAX_NAME) + "\"?")
                .orElse("");
    }

    private Optional<String> delimiter(List<String> names, @Nullable String column) {
        String own = Character.toString(dialect.delimiter());
        String header = String.join(own, names);
        List<String> others = DELIMITERS.stream()
                .filter(other -> !other.equals(own) && header.contains(other))
                .toList();
        Optional<String> fitting = others.stream()
                .filter(other -> column != null
                        && Arrays.stream(header.split(Pattern.quote(other), -1))
                                .anyMatch(name -> isLooselyEqual(name.replace("\"", ""), column)))
                .findFirst();
        return fitting.isPresent() || names.size() > 1
                ? fitting
                : others.stream().findFirst();
    }

    private static String quoted(List<String> names) {
        List<String> shown = names.stream()
                .limit(MAX_NAMES)
                .map(name -> Excerpt.of(name, MAX_NAME))
                .toList();
        String list = "\"" + String.join("\", \"", shown) + "\"";
        return shown.size() < names.size() ? list + " and " + (names.size() - shown.size()) + " more" : list;
    }

    private static JobFailedException bad(String file, String problem) {
        return new JobFailedException(ExitCode.BAD_INPUT, file + ": " + problem);
    }
}
