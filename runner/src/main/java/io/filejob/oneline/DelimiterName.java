package io.filejob.oneline;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Delimiters by the names that the command line has for them, and by the names of files. */
public final class DelimiterName {
    private static final Map<String, String> CHARACTERS =
            Map.of("comma", ",", "tab", "\t", "\\t", "\t", "semicolon", ";", "pipe", "|", "colon", ":", "space", " ");

    /** A name of a file or pattern with tab-separated values, compressed or not. */
    private static final Pattern TABS = Pattern.compile("(?i).*[.](tsv|tab)([.](gz|gzip|zst|zstd|zip))?");

    private DelimiterName() {}

    /** Returns the character that {@code text}, a name or the character itself, stands for. */
    public static String character(String text) {
        String named = CHARACTERS.get(text.toLowerCase(Locale.ROOT));
        if (named == null && text.length() != 1) {
            throw new JobFailedException(
                    ExitCode.USAGE,
                    "--delimiter " + text + ": not a delimiter; write one character, or comma, tab, semicolon, pipe,"
                            + " colon, space or auto; instead of a doubled one (||), the single one, with empty"
                            + " columns between");
        }
        return named == null ? text : named;
    }

    /** Returns the name of a delimiter, or the character in quotes if it has none. */
    public static String describe(String character) {
        return switch (character) {
            case "," -> "commas";
            case "\t" -> "tabs";
            case ";" -> "semicolons";
            default -> "\"" + character + "\"";
        };
    }

    /**
     * Returns the delimiter that the names of all {@code files} stand for, if it is not a comma; throws {@link
     * JobFailedException} if only some of them are names of tab-separated values.
     */
    public static Optional<String> ofFiles(Collection<String> files) {
        long tabs = files.stream().filter(file -> TABS.matcher(file).matches()).count();
        if (tabs == 0) {
            return Optional.empty();
        }
        if (tabs < files.size()) {
            throw new JobFailedException(
                    ExitCode.USAGE,
                    tabs + " of " + files.size() + " inputs end with .tsv; all inputs of a job have one format: say"
                            + " which with --delimiter");
        }
        return Optional.of("\t");
    }
}
