package io.filejob.operator.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The selectors of a list request: {@code key}, {@code key=value} and {@code key in (a,b)}. */
final class Selector {
    private static final Pattern PARAMETER = Pattern.compile("(field|label)Selector=([^&]+)");
    private static final Pattern TERM =
            Pattern.compile("(?<key>[\\w./-]+)(=(?<value>[^,]*)| in \\((?<values>[^)]*)\\))?(,|$)");

    private Selector() {}

    static Predicate<ObjectNode> of(String query) {
        Predicate<ObjectNode> all = _ -> true;
        Matcher parameters = PARAMETER.matcher(query);
        while (parameters.find()) {
            boolean isOfField = parameters.group(1).equals("field");
            Matcher terms = TERM.matcher(parameters.group(2));
            while (terms.find()) {
                all = all.and(term(isOfField, terms.toMatchResult().group("key"), values(terms)));
            }
        }
        return all;
    }

    /** Returns the allowed values, none if the key only has to be present. */
    private static List<String> values(Matcher term) {
        String one = term.group("value");
        String several = term.group("values");
        return one != null ? List.of(one) : several != null ? List.of(several.split(",")) : List.of();
    }

    private static Predicate<ObjectNode> term(boolean isOfField, String key, List<String> values) {
        return object -> {
            JsonNode value = isOfField
                    ? object.at("/" + key.replace('.', '/'))
                    : object.at("/metadata/labels").path(key);
            return values.isEmpty() ? !value.isMissingNode() : values.contains(value.asText());
        };
    }
}
