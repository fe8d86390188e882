package io.filejob.operator.api;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.List;

/** Adds rules in the Common Expression Language to a schema. */
final class Cel {
    private Cel() {}

    /** Adds a rule. The message contains {@code %s} for each of the values, which are string expressions. */
    static ValidationRule rule(JSONSchemaProps schema, String holds, String message, String... values) {
        ValidationRule rule = new ValidationRule();
        rule.setRule(holds);
        if (values.length == 0) {
            rule.setMessage(message);
        } else {
            rule.setMessageExpression(expression(message, values));
        }
        List<ValidationRule> rules = new ArrayList<>(schema.getXKubernetesValidations());
        rules.add(rule);
        schema.setXKubernetesValidations(rules);
        return rule;
    }

    private static String expression(String message, String... values) {
        String[] parts = message.split("%s", -1);
        List<String> sum = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].isEmpty()) {
                sum.add(text(parts[i]));
            }
            if (i < values.length) {
                sum.add("(" + values[i] + ")");
            }
        }
        return String.join(" + ", sum);
    }

    /** Returns a string literal. */
    static String text(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
