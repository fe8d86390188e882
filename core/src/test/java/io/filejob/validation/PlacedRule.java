package io.filejob.validation;

import io.filejob.api.FileJobSpec;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A rule of the spec with its record; the path has {@code []} for the index of an element. */
record PlacedRule(String path, Class<?> type, SpecRule<?, ?> rule) {
    /** Returns all rules of a spec. */
    static List<PlacedRule> all() {
        List<PlacedRule> rules = new ArrayList<>();
        collect(FileJobSpec.class, FileJobSpec.class, "spec", rules);
        return rules;
    }

    private static void collect(Class<?> type, AnnotatedElement annotated, String path, List<PlacedRule> rules) {
        RuleSet.of(type).forEach(rule -> rules.add(new PlacedRule(path, type, rule)));
        if (annotated != type) {
            RuleSet.of(annotated).forEach(rule -> rules.add(new PlacedRule(path, type, rule)));
        }
        for (RecordComponent component : type.getRecordComponents()) {
            AnnotatedType value = component.getAnnotatedType();
            String field = path + "." + component.getName();
            if (value instanceof AnnotatedParameterizedType container) {
                value = container.getAnnotatedActualTypeArguments()[0];
                if (value.getType() instanceof Class<?> element && element.isRecord()) {
                    collect(element, value, field + "[]", rules);
                }
            } else if (component.getType().isRecord()) {
                collect(component.getType(), component.getType(), field, rules);
            }
        }
    }

    /** Returns whether {@code problem}, a field and a message, is reported by this rule. */
    boolean hasReported(String problem) {
        String field = Pattern.quote(path + "." + rule.field()).replace("[]", "\\E\\[[0-9]+]\\Q");
        String message = Pattern.quote(rule.message()).replace("%s", "\\E.*\\Q");
        return problem.matches(field + ": " + message);
    }

    @Override
    public String toString() {
        return path + "." + rule.field() + ": " + rule.message();
    }
}
