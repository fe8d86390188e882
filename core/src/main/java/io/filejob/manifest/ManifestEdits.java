package io.filejob.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.filejob.validation.Problems;
import io.filejob.value.Spelling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes of a manifest on its way to a local run.
 *
 * @param parameters the values of {@code ${NAME}} in texts, by name
 * @param settings the values of fields, which replace those in the manifest: YAML by path, for example {@code 8} by {@code
 *     spec.workers}
 */
public record ManifestEdits(Map<String, String> parameters, Map<String, String> settings) {
    /** No changes. */
    public static final ManifestEdits NONE = new ManifestEdits(Map.of(), Map.of());

    /** {@code ${NAME}}, or {@code $${NAME}} for that text itself. */
    private static final Pattern PARAMETER = Pattern.compile("\\$?\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[([0-9]{1,4})]");

    /** Copies the maps. */
    public ManifestEdits {
        parameters = Map.copyOf(parameters);
        settings = Map.copyOf(settings);
    }

    /** Changes {@code tree}, and returns the texts of the scalars that have become numbers or booleans, by field. */
    Map<String, String> apply(ObjectNode tree, Problems problems) {
        Map<String, String> texts = new HashMap<>();
        settings.forEach((field, value) -> set(tree, field, value, texts, problems));
        Set<String> used = new HashSet<>();
        tree.properties()
                .forEach(entry -> entry.setValue(replaced(entry.getValue(), entry.getKey(), texts, used, problems)));
        parameters.keySet().stream()
                .filter(name -> !used.contains(name))
                .sorted()
                .forEach(name -> problems.add(
                        "", "-p " + name + ": the manifest has no ${" + name + "}" + Spelling.hint(name, used)));
        return texts;
    }

    private static void set(ObjectNode tree, String field, String value, Map<String, String> texts, Problems problems) {
        List<MatchResult> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(field);
        while (matcher.find()) {
            steps.add(matcher.toMatchResult());
        }
        JsonNode node = tree;
        for (int i = 0; i < steps.size(); i++) {
            boolean isLast = i == steps.size() - 1;
            String name = steps.get(i).group(1);
            if (name != null && node instanceof ObjectNode object) {
                if (isLast) {
                    object.set(name, parsed(value, field, texts, problems));
                } else if (!object.path(name).isContainerNode()) {
                    object.putObject(name);
                }
                node = object.path(name);
            } else if (name == null
                    && node instanceof ArrayNode list
                    && Integer.parseInt(steps.get(i).group(2)) < list.size()) {
                int index = Integer.parseInt(steps.get(i).group(2));
                if (isLast) {
                    list.set(index, parsed(value, field, texts, problems));
                }
                node = list.path(index);
            } else {
                problems.add(
                        field,
                        "--set: the manifest has no such element; set the list as a whole, for example"
                                + " --set 'spec.input.files=[a.csv]'");
                return;
            }
        }
    }

    private static JsonNode parsed(String value, String field, Map<String, String> texts, Problems problems) {
        try {
            JsonNode node = ManifestReader.parseValue(value);
            if (node.isNumber() || node.isBoolean()) {
                texts.put(field, value);
            }
            return node;
        } catch (JsonProcessingException e) {
            problems.add(field, "--set: " + YamlError.of(e, value).message());
            return TextNode.valueOf(value);
        }
    }

    private JsonNode replaced(
            JsonNode node, String field, Map<String, String> texts, Set<String> used, Problems problems) {
        if (node instanceof ObjectNode object) {
            object.properties()
                    .forEach(entry -> entry.setValue(
                            replaced(entry.getValue(), field + "." + entry.getKey(), texts, used, problems)));
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, replaced(list.get(i), field + "[" + i + "]", texts, used, problems));
            }
        } else if (node.isTextual() && node.textValue().contains("${")) {
            return text(node, field, texts, used, problems);
        }
        return node;
    }

    private JsonNode text(JsonNode node, String field, Map<String, String> texts, Set<String> used, Problems problems) {
        String text = node.textValue();
        Matcher matcher = PARAMETER.matcher(text);
        String replaced = matcher.replaceAll(match -> Matcher.quoteReplacement(value(match, field, used, problems)));
        // A parameter that is the whole value may be a number, for example of workers.
        return matcher.reset().matches() && !text.startsWith("$$")
                ? scalar(replaced, field, texts)
                : TextNode.valueOf(replaced);
    }

    private static JsonNode scalar(String text, String field, Map<String, String> texts) {
        try {
            JsonNode node = ManifestReader.parseValue(text);
            if (node.isNumber() || node.isBoolean()) {
                texts.put(field, text);
                return node;
            }
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
        return TextNode.valueOf(text);
    }

    private String value(MatchResult match, String field, Set<String> used, Problems problems) {
        if (match.group().startsWith("$$")) {
            return match.group().substring(1);
        }
        String name = match.group(1);
        used.add(name);
        String value = parameters.get(name);
        if (value == null) {
            problems.add(
                    field,
                    "${" + name + "} has no value; add -p " + name + "=VALUE, or write $${" + name + "} for this text"
                            + Spelling.hint(name, parameters.keySet()));
            return match.group();
        }
        return value;
    }
}
