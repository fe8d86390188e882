package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.LedgerConfigMap;
import io.filejob.failure.ExitCode;
import io.filejob.failure.FailureReason;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.Ledger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the ledgers of one job; those in the cache are read again only if they have changed. */
final class Ledgers {
    private Ledgers() {}

    /**
     * Returns the ledgers in the ConfigMaps with this {@code metadata}. Throws {@link JobFailedException} if a ledger is
     * damaged or belongs to another plan.
     */
    static List<Ledger> read(
            JobCache.CachedJob known, String fingerprint, Collection<ConfigMap> metadata, LedgerReading reading) {
        known.ledgers()
                .keySet()
                .retainAll(
                        metadata.stream().map(map -> map.getMetadata().getUid()).collect(Collectors.toSet()));
        List<Ledger> ledgers = new ArrayList<>();
        for (ConfigMap map : metadata) {
            String uid = map.getMetadata().getUid();
            JobCache.KnownLedger before = known.ledgers().get(uid);
            if (before != null && before.version().equals(map.getMetadata().getResourceVersion())) {
                reading.weigh(before.weight());
                ledgers.add(before.ledger());
                continue;
            }
            // A ledger that is missing by now was deleted together with its job.
            Optional<JobCache.KnownLedger> now = reading.fetch(map).map(whole -> decode(whole, reading));
            now.ifPresent(ledger -> {
                known.ledgers().put(uid, ledger);
                ledgers.add(ledger.ledger());
            });
        }
        ledgers.forEach(ledger -> check(ledger, fingerprint));
        return ledgers;
    }

    private static void check(Ledger ledger, String fingerprint) {
        if (!ledger.fingerprint().equals(fingerprint)) {
            throw new JobFailedException(
                    FailureReason.VERSION_MISMATCH,
                    "the ledger of worker " + ledger.worker() + ", attempt " + ledger.attempt()
                            + ", belongs to another plan of the job: use images of one release, and start a new job");
        }
    }

    private static JobCache.KnownLedger decode(ConfigMap map, LedgerReading reading) {
        String name = map.getMetadata().getName();
        try {
            byte[] bytes = reading.unpack(map, ClusterNames.LEDGER_KEY, LedgerConfigMap.MAX_UNPACKED)
                    .orElseThrow(() -> new IOException("it is empty"));
            long weight = Footprint.of(bytes);
            reading.weigh(weight);
            return new JobCache.KnownLedger(
                    map.getMetadata().getResourceVersion(), LedgerConfigMap.parse(bytes), weight);
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST,
                    "the ledger ConfigMap " + name + " cannot be used: " + e.getMessage()
                            + "; delete the FileJob and create it again",
                    e);
        }
    }
}
