package io.filejob.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.value.Json;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Checks the rules between the fields of a tree. A rule is skipped only if a field that it reads has a problem of its own,
 * or is absent beside an unknown field, which may be the same field misspelt. Rules do not depend on each other.
 */
public final class RuleCheck {
    private final Problems problems;
    private final List<Problem> found = new ArrayList<>();
    /** The fields that rules read, found once for all elements of a list. */
    private final IdentityHashMap<SpecRule<?, ?>, RuleReads> readsOf = new IdentityHashMap<>();

    private RuleCheck(Problems problems) {
        this.problems = problems;
    }

    /** Checks the tree of a record at {@code path}, and adds the problems to those of the single fields. */
    public static void check(JsonNode tree, Class<? extends Record> type, String path, Problems problems) {
        RuleCheck check = new RuleCheck(problems);
        check.record(tree, type, type, path);
        check.found.stream().distinct().forEach(problem -> problems.add(problem.field(), problem.message()));
    }

    private <T> void record(JsonNode node, Class<T> type, AnnotatedElement annotated, String path) {
        if (!node.isObject()) {
            return;
        }
        List<? extends SpecRule<?, ?>> rules = Stream.concat(
                        RuleSet.of(type).stream(), annotated == type ? Stream.of() : RuleSet.of(annotated).stream())
                .toList();
        if (!rules.isEmpty()) {
            T checked = Json.bind(new ReadableCopy(problems).of(node, type, path), type);
            rules.forEach(rule -> apply(asRuleOf(rule), node, checked, path));
        }
        for (RecordField field : RecordField.of(type)) {
            value(node.path(field.name()), field.annotatedType(), path + "." + field.name());
        }
    }

    /** {@link CheckedBy} names the rules of the record that it annotates. */
    @SuppressWarnings("unchecked")
    private static <T> SpecRule<T, ?> asRuleOf(SpecRule<?, ?> rule) {
        return (SpecRule<T, ?>) rule;
    }

    private void value(JsonNode value, AnnotatedType type, String path) {
        if (type instanceof AnnotatedParameterizedType container) {
            AnnotatedType element = container.getAnnotatedActualTypeArguments()[0];
            // The elements of a list that is too long have not been checked.
            if (element.getType() instanceof Class<?> record
                    && record.isRecord()
                    && value.isArray()
                    && !problems.isAt(path)) {
                for (int i = 0; i < value.size(); i++) {
                    record(value.get(i), record, element, path + "[" + i + "]");
                }
            }
        } else if (type.getType() instanceof Class<?> record && record.isRecord()) {
            record(value, record, record, path);
        }
    }

    private <T, E> void apply(SpecRule<T, E> rule, JsonNode node, T checked, String path) {
        RuleReads reads = problems.isEmpty() ? RuleReads.NONE : readsOf.computeIfAbsent(rule, SpecRule::reads);
        if (!reads.fields().stream()
                .allMatch(read -> read.kind() == RuleReads.ReadKind.AT_KEY || isKnown(read, node, path))) {
            return;
        }
        if (!problems.isEmpty() && rule.comparesElements()) {
            applyToKnown(rule, reads, node, checked, path);
            return;
        }
        Collection<E> elements = rule.elements(checked);
        int index = 0;
        for (E element : elements) {
            String suffix = element instanceof Map.Entry<?, ?> entry ? "." + entry.getKey() : "[" + index++ + "]";
            if (isKnown(rule, reads, node, path, suffix) && !rule.holds(checked, element)) {
                found.add(new Problem(path + "." + rule.field(), rule.problem(checked, element)));
            }
        }
    }

    /** Applies a rule that compares elements to a copy without the elements that have problems. */
    private <T, E> void applyToKnown(SpecRule<T, E> rule, RuleReads reads, JsonNode node, T checked, String path) {
        @SuppressWarnings("unchecked") // a record has no subclasses
        Class<T> type = (Class<T>) checked.getClass();
        ObjectNode copy = new ReadableCopy(problems).of(node, type, path);
        if (!(copy.path(rule.field()) instanceof ArrayNode elements)) {
            return;
        }
        for (int i = elements.size() - 1; i >= 0; i--) {
            if (!isKnown(rule, reads, node, path, "[" + i + "]")) {
                elements.remove(i);
            }
        }
        T known = Json.bind(copy, type);
        for (E element : rule.elements(known)) {
            if (!rule.holds(known, element)) {
                found.add(new Problem(path + "." + rule.field(), rule.problem(known, element)));
            }
        }
    }

    private boolean isKnown(SpecRule<?, ?> rule, RuleReads reads, JsonNode node, String path, String suffix) {
        JsonNode element = node.path(rule.field());
        String elementPath = path + "." + rule.field() + suffix;
        JsonNode value = suffix.startsWith("[")
                ? element.path(Integer.parseInt(suffix.substring(1, suffix.length() - 1)))
                : element.path(suffix.substring(1));
        return reads.ofElement().stream()
                        .allMatch(read -> read.kind() == RuleReads.ReadKind.KEY
                                ? !problems.hasBadKey(elementPath)
                                        && (element.isObject() || problems.noneAt(elementPath))
                                : isKnown(read, value, elementPath))
                && reads.fields().stream()
                        .filter(read -> read.kind() == RuleReads.ReadKind.AT_KEY)
                        .allMatch(read -> isKnownAt(read, node, path, suffix));
    }

    private boolean isKnownAt(RuleReads.Read read, JsonNode node, String path, String suffix) {
        String field = String.join(".", read.path());
        return node.at("/" + String.join("/", read.path())).isObject()
                ? !suffix.startsWith(".") || problems.noneAt(path + "." + field + suffix)
                : isKnown(new RuleReads.Read(RuleReads.ReadKind.VALUE, read.path()), node, path);
    }

    private boolean isKnown(RuleReads.Read read, JsonNode record, String recordPath) {
        JsonNode node = record;
        String path = recordPath;
        for (String name : read.path()) {
            String parent = path;
            path = parent + "." + name;
            if (!node.isObject()) {
                return false;
            }
            node = node.path(name);
            if (node.isMissingNode()) {
                return !problems.hasUnknown(parent) && !problems.isAt(path);
            }
            if (node.isNull()) {
                return false;
            }
        }
        return switch (read.kind()) {
            case PRESENCE -> true;
            case MEMBER_OF_ALL -> areKnown(read.member(), node, path);
            case VALUE, AT_KEY, KEY -> problems.noneAt(path);
        };
    }

    private boolean areKnown(List<String> member, JsonNode list, String path) {
        if (problems.isAt(path)) {
            return false;
        }
        for (int i = 0; i < list.size(); i++) {
            String element = path + "[" + i + "]";
            if (!list.get(i).isObject()
                    || !isKnown(new RuleReads.Read(RuleReads.ReadKind.VALUE, member), list.get(i), element)) {
                return false;
            }
        }
        return true;
    }
}
