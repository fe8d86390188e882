package io.filejob.manifest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.filejob.validation.Problem;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Explains errors of YAML's syntax in plain words.
 *
 * @param lines the lines of the manifest
 * @param line the line at which the parser stopped, from 0
 * @param column the column at which it stopped, from 0
 * @param reason the words of the parser
 */
record YamlError(List<String> lines, int line, int column, String reason) {
    private static final String NOT_YAML = "not YAML: ";

    /** Returns the problem of {@code manifest} that {@code error} has found. */
    static Problem of(JsonProcessingException error, String manifest) {
        List<String> lines = manifest.lines().toList();
        String reason = error.getOriginalMessage();
        JsonLocation location = error.getLocation();
        YamlError found = marked(manifest, lines)
                .orElseGet(() -> new YamlError(
                        lines,
                        location == null ? -1 : location.getLineNr() - 1,
                        location == null ? 0 : location.getColumnNr() - 1,
                        reason));
        return found.problem();
    }

    /** Returns the position where the parser stopped; Jackson's is that of the token before. */
    private static Optional<YamlError> marked(String manifest, List<String> lines) {
        try {
            new Yaml(new LoaderOptions()).compose(new StringReader(manifest));
        } catch (MarkedYAMLException e) {
            String reason = e.getContext() + " " + e.getProblem();
            // An unclosed quote ends with the text, so that its beginning is of more use.
            Mark mark =
                    reason.contains("quoted scalar") && reason.contains("end of stream") && e.getContextMark() != null
                            ? e.getContextMark()
                            : e.getProblemMark();
            return Optional.of(new YamlError(lines, mark.getLine(), mark.getColumn(), reason));
        } catch (YAMLException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private Problem problem() {
        if (line < 0) {
            return new Problem("", NOT_YAML + firstLine() + "; remove control characters, or name another file");
        }
        Optional<UnquotedValue> unquoted = UnquotedValue.find(lines, line, column, reason);
        if (unquoted.isPresent()) {
            UnquotedValue found = unquoted.get();
            return new Problem("", NOT_YAML + found.message(), found.line() + 1, found.column() + 1);
        }
        // What is missing at the end of the text is missing in its last line.
        int last = Math.clamp(line, 0, Math.max(0, lines.size() - 1));
        String text = lines.isEmpty() ? "" : lines.get(last);
        int at = last == line ? Math.min(Math.max(0, column), text.length()) : text.length();
        return new Problem("", NOT_YAML + words(text, at), last + 1, at + 1);
    }

    private String firstLine() {
        return reason.lines().findFirst().orElse("");
    }

    private String words(String text, int at) {
        if (reason.contains("TAB")) {
            return "a tab cannot indent or separate fields; use blanks";
        }
        if (reason.contains("uplicate")) {
            return "the field " + text.substring(0, at).strip().replaceAll("^.*[\\s{,]|:$", "")
                    + " is there twice; keep one";
        }
        if (reason.contains("quoted scalar") && reason.contains("end of stream")) {
            return "this quote is not closed; close it, or write a single \" as '\"'";
        }
        if (reason.contains("unknown escape character")) {
            return "a backslash begins an escape in double quotes, and this is not a known one; use single quotes";
        }
        if (reason.contains("flow sequence")) {
            return "the list before is not closed by ], or a comma is missing; write [a, b]";
        }
        if (reason.contains("flow mapping")) {
            return "the fields before are not closed by }, or a comma is missing; write {a: 1, b: 2}";
        }
        if (reason.contains("mapping values are not allowed")) {
            return secondColon(text, at);
        }
        if (reason.contains("could not find expected ':'")) {
            return "the field before has no colon; write name: value, with a blank after the colon";
        }
        if (reason.contains("sequence entries are not allowed")) {
            return "a list cannot begin behind a field; begin a new line with \"- \", or write [a, b]";
        }
        if (reason.contains("<scalar>")) {
            return "text after the end of a value; put all of it in one pair of quotes";
        }
        if (reason.contains("expected <block end>")) {
            return "indented differently from the lines above; begin the fields of a mapping in one column";
        }
        return (at < text.length() ? "unexpected \"" + text.charAt(at) + "\"" : "unexpected end") + " (" + firstLine()
                + ")";
    }

    private String secondColon(String text, int at) {
        if (text.substring(0, at).contains(": ")) {
            return "a second colon in one line; put a text with \": \" in quotes, or begin a new line for the field";
        }
        String above = lines.subList(0, Math.min(line, lines.size())).reversed().stream()
                .filter(each -> !each.isBlank())
                .findFirst()
                .orElse("");
        return above.matches("\\s*[A-Za-z]+:\\S+")
                ? "the line above has no blank after its colon; write name: value"
                : "indented further than the line above, which has a value already; move the line to the left";
    }
}
