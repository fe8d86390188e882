package io.filejob.oneline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.spec.ValueType;
import io.filejob.value.EnumNames;
import io.filejob.value.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Conditions as the command line has them: {@code Date>=2020-01-01 and Song!='Blue, live'}. A comparison has a column, an
 * operator and a value. A column or value may be in quotes, with a quote in it doubled; a column may end with a type, as in
 * {@code price:decimal=10}.
 */
public final class ConditionText {
    private static final String QUOTED = "\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|`[^`]*`";
    private static final String OPERATOR = "<=|>=|==|!=|<>|=|<|>";
    private static final Pattern COMPARISON = Pattern.compile("\\s*(?<column>(?:" + QUOTED
            + ")(?::[a-z]+)?|[^\"'`<>=!][^<>=!]*?)\\s*(?<operator>" + OPERATOR + ")\\s*(?<rest>.*)");
    /** The end of a value before another comparison. */
    private static final Pattern JUNCTION = Pattern.compile("(?i)\\s+(?<word>and|or)\\s+");

    private static final Pattern QUOTED_VALUE =
            Pattern.compile("(?<value>\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*')(?<after>.*)");
    private static final Pattern TYPED =
            Pattern.compile("(?s)(?<column>.+):(?<type>" + String.join("|", EnumNames.of(ValueType.class)) + ")");
    private static final Map<String, String> SYNONYMS = Map.of("==", "=", "<>", "!=");

    private final String option;
    private final String whole;

    private ConditionText(String option, String whole) {
        this.option = option;
        this.whole = whole;
    }

    /** A comparison, whose type is that of its value unless the column has one. */
    private record Comparison(String column, String operator, String value, String type, boolean hasOwnType) {
        /** Returns the member of a manifest; texts are equal as they are, unless a type says otherwise. */
        ObjectNode node(boolean hasType) {
            ObjectNode node = Json.object()
                    .put("column", column)
                    .put("operator", operator)
                    .put("value", value);
            boolean isEquality = operator.equals("=") || operator.equals("!=");
            return hasOwnType || (hasType && !isEquality) ? node.put("type", type) : node;
        }
    }

    /**
     * Parses the conditions on rows: the members of {@code where} in a manifest. A value without quotes that is a decimal or
     * a date is compared as such by the operators of order, any other as a text.
     */
    public static List<ObjectNode> ofRows(String option, String text) {
        return new ConditionText(option, text)
                .parse(text).stream().map(comparison -> comparison.node(true)).toList();
    }

    /** Parses the conditions on groups: the members of {@code having}; measures have types of their own, keys do not. */
    public static List<ObjectNode> ofGroups(String option, String text, List<String> keys) {
        return new ConditionText(option, text)
                .parse(text).stream()
                        .map(comparison -> comparison.node(keys.contains(comparison.column())))
                        .toList();
    }

    private List<Comparison> parse(String text) {
        Matcher comparison = COMPARISON.matcher(text);
        if (!comparison.matches()) {
            throw wrong("not COLUMN OPERATOR VALUE with = != < <= > or >=, such as 'Date>=2020-01-01'");
        }
        List<Comparison> found = new ArrayList<>();
        String column = comparison.group("column");
        String operator = comparison.group("operator");
        String rest = comparison.group("rest");
        Matcher quoted = QUOTED_VALUE.matcher(rest);
        if (quoted.matches()) {
            found.add(comparison(column, operator, quoted.group("value"), true));
            String after = quoted.group("after");
            if (!after.isBlank()) {
                found.addAll(afterQuotes(after));
            }
            return found;
        }
        if (rest.startsWith("'") || rest.startsWith("\"")) {
            throw wrong("a quote is not closed");
        }
        if (!rest.isEmpty() && "<>=".indexOf(rest.charAt(0)) >= 0) {
            throw wrong(
                    operator.equals("=")
                            ? "the operators are >= and <=; write a value in quotes if it begins with " + rest.charAt(0)
                            : "a value that begins with " + rest.charAt(0) + " must be in quotes");
        }
        Matcher junction = JUNCTION.matcher(rest);
        while (junction.find()) {
            String next = rest.substring(junction.end());
            if (COMPARISON.matcher(next).matches()) {
                found.add(comparison(column, operator, rest.substring(0, junction.start()), false));
                found.addAll(joined(junction.group("word"), next));
                return found;
            }
        }
        found.add(comparison(column, operator, rest, false));
        return found;
    }

    private List<Comparison> afterQuotes(String after) {
        Matcher junction = JUNCTION.matcher(after);
        if (!junction.lookingAt()) {
            throw wrong("text follows the closing quote of a value: " + after.strip());
        }
        return joined(junction.group("word"), after.substring(junction.end()));
    }

    private List<Comparison> joined(String word, String next) {
        if (word.toLowerCase(Locale.ROOT).equals("or")) {
            throw wrong(
                    "\"or\" is not supported: all conditions hold together; write the text in quotes if it is a value");
        }
        return parse(next);
    }

    private Comparison comparison(String columnText, String operator, String valueText, boolean isQuoted) {
        String column = columnText;
        Matcher typed = TYPED.matcher(column);
        String type = "";
        if (typed.matches()) {
            type = typed.group("type");
            column = typed.group("column");
        }
        String value = isQuoted ? unquote(valueText) : valueText.strip();
        return new Comparison(
                unquote(column.strip()),
                SYNONYMS.getOrDefault(operator, operator),
                value,
                type.isEmpty() ? isQuoted ? "string" : guess(value) : type,
                !type.isEmpty());
    }

    private static String guess(String value) {
        return value.matches(ValueType.DATE.pattern())
                ? "date"
                : value.matches(ValueType.DECIMAL.pattern()) ? "decimal" : "string";
    }

    private static String unquote(String text) {
        if (text.length() < 2
                || "\"'`".indexOf(text.charAt(0)) < 0
                || text.charAt(0) != text.charAt(text.length() - 1)) {
            return text;
        }
        String quote = text.substring(0, 1);
        return text.substring(1, text.length() - 1).replace(quote + quote, quote);
    }

    private JobFailedException wrong(String problem) {
        return new JobFailedException(ExitCode.USAGE, option + " " + whole + ": " + problem);
    }
}
