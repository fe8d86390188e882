package io.filejob.file;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.value.PercentDecoding;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * One component of a path that may be a pattern: {@code *}, {@code ?}, {@code [ab]}, <code>{a,b}</code>, or {@code **}.
 */
public final class GlobComponent {
    private static final String META = "*?[]{}\\";

    private final String literal;
    private final @Nullable PathMatcher matcher;
    private final boolean anyDepth;
    private final boolean hidden;

    /** Parses {@code name}, one component of {@code entry}; throws {@link JobFailedException} if it is not a valid pattern. */
    public static GlobComponent parse(String name, boolean isUri, String entry) {
        try {
            return new GlobComponent(name, isUri);
        } catch (PatternSyntaxException e) {
            throw new JobFailedException(
                    ExitCode.NO_INPUT,
                    "input " + entry + " is not a pattern: " + e.getDescription() + " in " + name,
                    e);
        }
    }

    /** Parses a component; in a URI, percent-encoded characters are literal. */
    public GlobComponent(String text, boolean isUri) {
        String glob = isUri ? decodeToGlob(text) : text;
        this.anyDepth = text.equals("**");
        this.literal = isUri ? PercentDecoding.decode(text) : text;
        this.hidden = literal.startsWith(".");
        boolean pattern = text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
        this.matcher = pattern ? FileSystems.getDefault().getPathMatcher("glob:" + glob) : null;
    }

    private static String decodeToGlob(String text) {
        StringBuilder glob = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            if (text.charAt(i) == '%') {
                int end = i;
                while (end < text.length() && text.charAt(end) == '%') {
                    end = Math.min(text.length(), end + 3);
                }
                for (char c : PercentDecoding.decode(text.substring(i, end)).toCharArray()) {
                    glob.append(META.indexOf(c) >= 0 ? "\\" : "").append(c);
                }
                i = end;
            } else {
                glob.append(text.charAt(i++));
            }
        }
        return glob.toString();
    }

    /** Returns whether more than one name can match. */
    public boolean isPattern() {
        return matcher != null;
    }

    /** Returns whether the component matches any number of folders, including zero. */
    public boolean isAnyDepth() {
        return anyDepth;
    }

    /** Returns the only name that matches; for a component that is no pattern. */
    public String literal() {
        return literal;
    }

    /** Returns whether {@code name} matches; hidden names match only patterns that begin with a dot. */
    public boolean matches(Path name) {
        return (hidden || !name.toString().startsWith("."))
                && (matcher == null ? name.toString().equals(literal) : matcher.matches(name));
    }
}
