package io.filejob.e2e;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.BitSet;
import java.util.Collection;

/** Reads the annotations of ledger ConfigMaps: items {@code n}, {@code first-last} or {@code first-last:step}. */
final class Ledgers {
    private static final String DONE = "filejob.io/done";

    private Ledgers() {}

    /** Returns the slices that are in at least one of {@code ledgers}. */
    static BitSet union(Collection<ConfigMap> ledgers) {
        BitSet union = new BitSet();
        ledgers.forEach(ledger -> union.or(done(ledger)));
        return union;
    }

    static BitSet done(ConfigMap ledger) {
        BitSet done = new BitSet();
        String text = ledger.getMetadata().getAnnotations().getOrDefault(DONE, "");
        for (String item : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            String[] numbers = item.split("[-:]", -1);
            int first = Integer.parseInt(numbers[0]);
            int last = numbers.length > 1 ? Integer.parseInt(numbers[1]) : first;
            int step = numbers.length > 2 ? Integer.parseInt(numbers[2]) : 1;
            for (int slice = first; slice <= last; slice += step) {
                done.set(slice);
            }
        }
        return done;
    }
}
