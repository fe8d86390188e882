package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.filejob.job.Ledger;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import io.filejob.storage.ClusterNames;
import io.filejob.storage.LedgerConfigMap;
import java.io.IOException;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Reads the ledgers in ConfigMaps, each version of one once. Safe to use from any thread. */
final class Ledgers {
    /** By the UID of the FileJob, and then by that of the ConfigMap. */
    private final Map<String, Map<String, Known>> jobs = new ConcurrentHashMap<>();

    private record Known(String version, Ledger ledger) {}

    /** The ledgers in {@code configMaps}; {@link JobFailure} names one that is damaged or of another plan. */
    List<Ledger> read(String jobUid, String fingerprint, Collection<ConfigMap> configMaps) {
        Map<String, Known> known = jobs.computeIfAbsent(jobUid, _ -> new ConcurrentHashMap<>());
        Set<String> there =
                configMaps.stream().map(map -> map.getMetadata().getUid()).collect(Collectors.toSet());
        known.keySet().retainAll(there);
        return configMaps.stream()
                .map(map -> known.compute(
                                map.getMetadata().getUid(),
                                (_, before) -> before != null
                                                && before.version()
                                                        .equals(map.getMetadata()
                                                                .getResourceVersion())
                                        ? before
                                        : new Known(map.getMetadata().getResourceVersion(), decode(map)))
                        .ledger())
                .peek(ledger -> check(ledger, fingerprint))
                .toList();
    }

    /** Of a job that is over nothing need be known. */
    void forget(String jobUid) {
        jobs.remove(jobUid);
    }

    private static void check(Ledger ledger, String fingerprint) {
        if (!ledger.fingerprint().equals(fingerprint)) {
            throw new JobFailure(
                    ExitCode.STORE_LOST,
                    "VersionMismatch: the ledger of worker " + ledger.worker() + ", attempt " + ledger.attempt()
                            + ", belongs to another plan of the job: use images of one release, and start a new job");
        }
    }

    private static Ledger decode(ConfigMap map) {
        String name = map.getMetadata().getName();
        String content =
                map.getBinaryData() == null ? null : map.getBinaryData().get(ClusterNames.LEDGER_KEY);
        if (content == null) {
            throw new JobFailure(ExitCode.STORE_LOST, "the ledger ConfigMap " + name + " is empty");
        }
        try {
            return LedgerConfigMap.decode(Base64.getDecoder().decode(content));
        } catch (IOException | IllegalArgumentException e) {
            throw new JobFailure(
                    ExitCode.STORE_LOST, "the ledger ConfigMap " + name + " cannot be used: " + e.getMessage(), e);
        }
    }
}
