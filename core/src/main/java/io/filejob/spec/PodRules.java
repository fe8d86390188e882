package io.filejob.spec;

import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.SpecRule;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rules about {@code spec.pod}. They reject settings that the API server would reject only later, in the Job. */
final class PodRules implements RuleSet<PodSpec> {
    @Override
    public List<SpecRule<PodSpec, ?>> rules() {
        RuleList<PodSpec> rules = new RuleList<>();
        areNotReserved(rules, "labels", PodSpec::labels);
        areNotReserved(rules, "annotations", PodSpec::annotations);
        haveShortPrefixes(rules, "labels", PodSpec::labels);
        haveShortPrefixes(rules, "annotations", PodSpec::annotations);
        haveShortPrefixes(rules, "nodeSelector", PodSpec::nodeSelector);
        return rules.toList();
    }

    private static void areNotReserved(
            RuleList<PodSpec> rules, String map, Function<PodSpec, @Nullable Map<String, String>> entries) {
        rules.each(
                map,
                pod -> entries(entries.apply(pod)),
                "!has(self.%1$s) || !self.%1$s.exists(k, k.matches('^(%2$s)$'))".formatted(map, PodSpec.RESERVED),
                (_, entry) -> !entry.getKey().matches(PodSpec.RESERVED),
                "has a key that is reserved for FileJob, Kubernetes or Kueue: use one with a domain of your own");
    }

    private static void haveShortPrefixes(
            RuleList<PodSpec> rules, String map, Function<PodSpec, @Nullable Map<String, String>> entries) {
        rules.each(
                map,
                pod -> entries(entries.apply(pod)),
                String.format(
                        Locale.ROOT,
                        "!has(self.%1$s) || self.%1$s.all(k, k.indexOf('/') <= %2$d)",
                        map,
                        PodSpec.MAX_NAME_LENGTH),
                (_, entry) -> entry.getKey().indexOf('/') <= PodSpec.MAX_NAME_LENGTH,
                "has a key with a prefix of more than 253 characters: shorten it");
    }

    /** Returns the entries of an optional map. */
    static <V> Collection<Map.Entry<String, V>> entries(@Nullable Map<String, V> map) {
        return map == null ? List.of() : map.entrySet();
    }
}
