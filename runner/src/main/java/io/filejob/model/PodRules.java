package io.filejob.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rules about the workers' pods. They reject settings that the API server would reject only later, in the Job. */
final class PodRules {
    /** Resources with a limit that may exceed the request. */
    private static final List<String> COMPRESSIBLE = List.of("cpu", "memory", "ephemeral-storage");

    private static final String RESOURCES = "spec.pod.resources";

    private final CheckedTree tree;

    private PodRules(CheckedTree tree) {
        this.tree = tree;
    }

    static void check(CheckedTree tree) {
        PodRules rules = new PodRules(tree);
        rules.keys("labels");
        rules.keys("annotations");
        rules.keys("nodeSelector");
        tree.bound(RESOURCES, ResourcesSpec.class).ifPresent(rules::resources);
        rules.tolerations();
    }

    private void keys(String map) {
        String field = "spec.pod." + map;
        if (!map.equals("nodeSelector") && any(field, key -> key.matches(PodSpec.RESERVED))) {
            tree.refuse(field, RuleMessages.RESERVED_KEY);
        }
        if (any(field, key -> key.indexOf('/') > PodSpec.MAX_NAME_LENGTH)) {
            tree.refuse(field, RuleMessages.LONG_PREFIX);
        }
    }

    private boolean any(String field, Predicate<String> predicate) {
        return tree.at(field).properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> tree.problems().noneAt(field + "." + key))
                .anyMatch(predicate);
    }

    private void resources(ResourcesSpec resources) {
        Map<String, ResourceQuantity> requests = resources.requests() == null ? Map.of() : resources.requests();
        Map<String, ResourceQuantity> limits = resources.limits() == null ? Map.of() : resources.limits();
        if (!requests.keySet().stream().allMatch(PodRules::isResource)) {
            tree.refuse(RESOURCES + ".requests", RuleMessages.NOT_A_RESOURCE);
        }
        if (!limits.keySet().stream().allMatch(PodRules::isResource)) {
            tree.refuse(RESOURCES + ".limits", RuleMessages.NOT_A_RESOURCE);
        }
        if (COMPRESSIBLE.stream().anyMatch(name -> isMore(requests.get(name), limits.get(name)))) {
            tree.refuse(RESOURCES + ".requests", RuleMessages.MORE_THAN_LIMIT);
        }
        if (requests.entrySet().stream()
                .anyMatch(entry -> !COMPRESSIBLE.contains(entry.getKey())
                        && !isSame(entry.getValue(), limits.get(entry.getKey())))) {
            tree.refuse(RESOURCES + ".requests", RuleMessages.OTHER_THAN_LIMIT);
        }
        if (limits.entrySet().stream()
                .anyMatch(entry ->
                        entry.getKey().contains("/") && !entry.getValue().text().matches(ResourcesSpec.WHOLE))) {
            tree.refuse(RESOURCES + ".limits", RuleMessages.NOT_WHOLE);
        }
        if (limits.keySet().stream().anyMatch(name -> name.startsWith(ResourcesSpec.HUGE_PAGES))
                && limits.keySet().stream().noneMatch(name -> name.equals("cpu") || name.equals("memory"))
                && requests.keySet().stream().noneMatch(name -> name.equals("cpu") || name.equals("memory"))) {
            tree.refuse(RESOURCES + ".limits", RuleMessages.HUGE_PAGES_ALONE);
        }
    }

    private static boolean isResource(String name) {
        return COMPRESSIBLE.contains(name)
                || name.startsWith(ResourcesSpec.HUGE_PAGES)
                || (name.contains("/") && !name.startsWith("requests."));
    }

    private static boolean isMore(@Nullable ResourceQuantity request, @Nullable ResourceQuantity limit) {
        return request != null && limit != null && request.amount().compareTo(limit.amount()) > 0;
    }

    private static boolean isSame(ResourceQuantity request, @Nullable ResourceQuantity limit) {
        return limit != null && request.text().equals(limit.text());
    }

    private void tolerations() {
        for (int i = 0; i < tree.at("spec.pod.tolerations").size(); i++) {
            String path = "spec.pod.tolerations[" + i + "]";
            JsonNode toleration = tree.at("spec.pod.tolerations").get(i);
            if (!tree.problems().noneAt(path)) {
                continue;
            }
            boolean exists = toleration.path("operator").asText().equals("Exists");
            if (exists && !toleration.path("value").asText().isEmpty()) {
                tree.refuse(path + ".value", RuleMessages.VALUE_OF_EXISTS);
            }
            if (!exists && !toleration.hasNonNull("key")) {
                tree.refuse(path + ".key", RuleMessages.KEY_OF_EQUAL);
            }
            if (toleration.hasNonNull("tolerationSeconds")
                    && !toleration.path("effect").asText().equals("NoExecute")) {
                tree.refuse(path + ".tolerationSeconds", RuleMessages.SECONDS_WITHOUT_EFFECT);
            }
        }
    }
}
