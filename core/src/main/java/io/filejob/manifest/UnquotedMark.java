package io.filejob.manifest;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Explains an empty value whose text YAML has taken for something else, since it is not in quotes. */
final class UnquotedMark {
    private static final Pattern COMMENT = Pattern.compile("[^#\"']*[:\\s]\\s*#.*");
    private static final Pattern COMMA = Pattern.compile("[^,\"']*:\\s*,.*");
    private static final Pattern FOLDED = Pattern.compile("[^\"']*:\\s*[>|][-+]?\\s*");

    private UnquotedMark() {}

    /**
     * Returns the reason why {@code value} is empty, or {@code message} if that is not known. {@code line} is the rest of
     * the line, from the field on.
     */
    static String explain(String message, String line, Node value) {
        if (!(value instanceof ScalarNode scalar) || !scalar.getValue().isEmpty()) {
            return message;
        }
        if (COMMENT.matcher(line).matches()) {
            return "has no value, since \"#\" begins a comment: write it in quotes, for example \"#\"";
        }
        if (COMMA.matcher(line).matches()) {
            return "has no value, since \",\" separates entries: write it in quotes, \",\"";
        }
        return FOLDED.matcher(line).matches()
                ? "has no value, since > and | begin a text of several lines: write it in quotes, for example \">\""
                : message;
    }
}
