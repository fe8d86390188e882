package io.filejob.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@code filejob run} with the options that most jobs are run with. Runs the job as the command line
 * parser would, without that parser, which takes a quarter of the CPU time of a small job.
 *
 * @param manifest the file with the manifest
 * @param workers the number of workers; null if it is not given
 * @param output the format of the result
 * @param isQuiet whether no progress is shown
 * @param store the store of the ledgers; null if it is not given
 * @param statusFile the file that shows the status of the job; null if it is not given
 * @param isWithParent whether the process ends when standard input is closed
 */
record PlainRun(
        Path manifest,
        @Nullable Integer workers,
        ResultFormat output,
        boolean isQuiet,
        @Nullable String store,
        @Nullable Path statusFile,
        boolean isWithParent) {
    private static final String MANIFEST = "MANIFEST";
    private static final Map<String, String> SHORT = Map.of("-w", "--workers", "-q", "--quiet", "-o", "--output");
    private static final Set<String> SWITCHES = Set.of("--quiet", "--with-parent");
    private static final Set<String> VALUED = Set.of("--workers", "--output", "--store", "--status-file");

    /** Returns what {@code arguments} mean; null if that is left to the parser, for example with any mistake. */
    static @Nullable PlainRun of(String... arguments) {
        if (arguments.length == 0 || !arguments[0].equals("run")) {
            return null;
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 1; i < arguments.length; i++) {
            String word = arguments[i];
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String name = equals < 0 ? SHORT.getOrDefault(word, word) : word.substring(0, equals);
            String value = word;
            if (VALUED.contains(name)) {
                if (equals >= 0) {
                    value = word.substring(equals + 1);
                } else if (++i < arguments.length) {
                    value = arguments[i];
                } else {
                    return null;
                }
            } else if (!SWITCHES.contains(name) || equals >= 0) {
                name = MANIFEST;
            }
            if ((!SWITCHES.contains(name) && !isPlain(value)) || values.put(name, value) != null) {
                return null;
            }
        }
        return of(values);
    }

    private static @Nullable PlainRun of(Map<String, String> values) {
        String manifest = values.get(MANIFEST);
        String workers = values.get("--workers");
        ResultFormat output = format(values.getOrDefault("--output", ResultFormat.TEXT.toString()));
        String statusFile = values.get("--status-file");
        if (manifest == null || output == null || (workers != null && !isSmallNumber(workers))) {
            return null;
        }
        try {
            return new PlainRun(
                    Path.of(manifest),
                    workers == null ? null : Integer.valueOf(workers),
                    output,
                    values.containsKey("--quiet"),
                    values.get("--store"),
                    statusFile == null ? null : Path.of(statusFile),
                    values.containsKey("--with-parent"));
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** Whether {@code value} is neither an option nor a file of arguments. */
    private static boolean isPlain(String value) {
        return !value.isEmpty() && "-@".indexOf(value.charAt(0)) < 0;
    }

    /** Whether {@code text} is a number from 1 to 9999, all of which are allowed. */
    private static boolean isSmallNumber(String text) {
        return text.length() <= 4
                && text.charAt(0) != '0'
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private static @Nullable ResultFormat format(String text) {
        for (ResultFormat format : ResultFormat.values()) {
            if (format.toString().equals(text.toLowerCase(Locale.ROOT))) {
                return format;
            }
        }
        return null;
    }

    /** Returns the command that writes to {@code out} and {@code err}. */
    RunCommand command(PrintWriter out, PrintWriter err) {
        return new RunCommand(this, out, err);
    }

    /** Runs the job, prints its result or failure, and returns the exit status. */
    int execute() {
        RunCommand command = command(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        try {
            return command.call();
        } catch (Exception e) {
            return Main.explain(e, command.log());
        }
    }
}
