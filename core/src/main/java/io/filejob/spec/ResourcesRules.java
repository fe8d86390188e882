package io.filejob.spec;

import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.SpecRule;
import io.filejob.value.ResourceQuantity;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules between the fields of {@code spec.pod.resources}. */
final class ResourcesRules implements RuleSet<ResourcesSpec> {
    /** Resources with a limit that may exceed the request. */
    private static final List<String> COMPRESSIBLE = List.of("cpu", "memory", "ephemeral-storage");

    private static final String COMPRESSIBLE_LIST =
            COMPRESSIBLE.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", ", "[", "]"));

    /** The prefix of the names of huge pages. */
    private static final String HUGE_PAGES = "hugepages-";
    /** A valid amount of an extended resource. */
    private static final String WHOLE = "[0-9]+";

    @Override
    public List<SpecRule<ResourcesSpec, ?>> rules() {
        RuleList<ResourcesSpec> rules = new RuleList<>();
        areKnown(rules, "requests", ResourcesSpec::requests);
        areKnown(rules, "limits", ResourcesSpec::limits);
        requests(rules);
        limits(rules);
        return rules.toList();
    }

    private static void areKnown(
            RuleList<ResourcesSpec> rules,
            String map,
            Function<ResourcesSpec, @Nullable Map<String, ResourceQuantity>> amounts) {
        rules.each(
                map,
                resources -> PodRules.entries(amounts.apply(resources)),
                "!has(self.%1$s) || self.%1$s.all(k, k in %2$s || k.startsWith('%3$s') || (k.contains('/') && !k.startsWith('requests.')))"
                        .formatted(map, COMPRESSIBLE_LIST, HUGE_PAGES),
                (_, entry) -> isKnown(entry.getKey()),
                "has an unknown resource: use cpu, memory, ephemeral-storage, hugepages-SIZE or"
                        + " an extended resource with its domain, for example nvidia.com/gpu");
    }

    private static boolean isKnown(String name) {
        return COMPRESSIBLE.contains(name)
                || name.startsWith(HUGE_PAGES)
                || (name.contains("/") && !name.startsWith("requests."));
    }

    private static void requests(RuleList<ResourcesSpec> rules) {
        rules.each(
                        "requests",
                        resources -> PodRules.entries(resources.requests()),
                        "!has(self.requests) || !has(self.limits) || " + COMPRESSIBLE_LIST
                                + ".all(k, !(k in self.requests) || !(k in self.limits) || !isQuantity(string(self.requests[k]))"
                                + " || !isQuantity(string(self.limits[k])) || quantity(string(self.requests[k]))"
                                + ".compareTo(quantity(string(self.limits[k]))) <= 0)",
                        (resources, request) -> !COMPRESSIBLE.contains(request.getKey())
                                || isAtMost(request.getValue(), limit(resources, request)),
                        "cpu, memory or ephemeral-storage is more than in limits: lower the request, or raise the limit")
                .each(
                        "requests",
                        resources -> PodRules.entries(resources.requests()),
                        "!has(self.requests) || self.requests.all(k, k in " + COMPRESSIBLE_LIST
                                + " || (has(self.limits) && k in self.limits"
                                + " && string(self.requests[k]) == string(self.limits[k])))",
                        (resources, request) -> COMPRESSIBLE.contains(request.getKey())
                                || request.getValue().equals(limit(resources, request)),
                        "huge pages or an extended resource differs from limits: write the same amount in both");
    }

    private static @Nullable ResourceQuantity limit(
            ResourcesSpec resources, Map.Entry<String, ResourceQuantity> request) {
        return resources.limits() == null ? null : resources.limits().get(request.getKey());
    }

    private static boolean isAtMost(ResourceQuantity request, @Nullable ResourceQuantity limit) {
        return limit == null || request.amount().compareTo(limit.amount()) <= 0;
    }

    private static void limits(RuleList<ResourcesSpec> rules) {
        rules.each(
                        "limits",
                        resources -> PodRules.entries(resources.limits()),
                        "!has(self.limits) || self.limits.all(k, !k.contains('/') || string(self.limits[k]).matches('^"
                                + WHOLE + "$'))",
                        (_, limit) -> !limit.getKey().contains("/")
                                || limit.getValue().text().matches(WHOLE),
                        "an extended resource is not a whole number: write for example 1")
                .each(
                        "limits",
                        resources -> PodRules.entries(resources.limits()),
                        "!has(self.limits) || !self.limits.exists(k, k.startsWith('" + HUGE_PAGES
                                + "')) || 'cpu' in self.limits || 'memory' in self.limits"
                                + " || (has(self.requests) && ('cpu' in self.requests || 'memory' in self.requests))",
                        (resources, limit) -> !limit.getKey().startsWith(HUGE_PAGES)
                                || hasCpuOrMemory(resources.limits())
                                || hasCpuOrMemory(resources.requests()),
                        "huge pages need memory or cpu as well: add one of them");
    }

    private static boolean hasCpuOrMemory(@Nullable Map<String, ResourceQuantity> amounts) {
        Map<String, ResourceQuantity> known = Objects.requireNonNullElse(amounts, Map.of());
        return known.containsKey("cpu") || known.containsKey("memory");
    }
}
