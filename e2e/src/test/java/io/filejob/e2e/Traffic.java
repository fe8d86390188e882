package io.filejob.e2e;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/**
 * Counts FileJob's writes to the API server in one namespace while it is open; each change of an object counts as one.
 */
final class Traffic implements AutoCloseable {
    private static final String MANAGED = "app.kubernetes.io/managed-by=filejob-operator";
    private static final String OPERATOR = "filejob-operator";

    private final ConcurrentMap<String, Integer> writes = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Long> generations = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, ConfigMap> ledgers = new ConcurrentHashMap<>();
    private final Set<String> ledgersBefore;
    private final List<Watch> watches;

    Traffic(String namespace) {
        var configMaps = Cluster.CLIENT.configMaps().inNamespace(namespace);
        var existing = configMaps.withLabelSelector(MANAGED).list();
        existing.getItems().forEach(this::keep);
        ledgersBefore = Set.copyOf(ledgers.keySet());
        String version = existing.getMetadata().getResourceVersion();
        watches = List.of(
                configMaps
                        .withLabelSelector(MANAGED)
                        .withResourceVersion(version)
                        .watch(counting(ConfigMap.class)),
                watch(Cluster.CLIENT.resources(FileJobObject.class).inNamespace(namespace), FileJobObject.class),
                watch(
                        Cluster.CLIENT.batch().v1().jobs().inNamespace(namespace),
                        io.fabric8.kubernetes.api.model.batch.v1.Job.class),
                watch(Cluster.CLIENT.v1().events().inNamespace(namespace), Event.class));
    }

    private <T extends HasMetadata, L extends KubernetesResourceList<T>, R extends Resource<T>> Watch watch(
            NonNamespaceOperation<T, L, R> resources, Class<T> type) {
        return resources.watch(counting(type));
    }

    private <T extends HasMetadata> Watcher<T> counting(Class<T> type) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, T object) {
                if (action != Action.BOOKMARK && action != Action.ERROR && isOurs(object)) {
                    writes.merge(type.getSimpleName() + " " + action, 1, Integer::sum);
                }
                if (action != Action.DELETED && object instanceof ConfigMap map) {
                    keep(map);
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                writes.put("the watch of " + type.getSimpleName() + " has ended: " + cause.getMessage(), 1_000_000);
            }
        };
    }

    /** Does not count events of other components, and the Job controller's updates of a Job's status. */
    private boolean isOurs(HasMetadata object) {
        return switch (object) {
            case Event event -> Objects.equals(event.getReportingComponent(), OPERATOR);
            case io.fabric8.kubernetes.api.model.batch.v1.Job job ->
                !job.getMetadata()
                        .getGeneration()
                        .equals(generations.put(
                                job.getMetadata().getUid(), job.getMetadata().getGeneration()));
            default -> true;
        };
    }

    private void keep(ConfigMap map) {
        if ("ledger".equals(map.getMetadata().getLabels().get("filejob.io/role"))) {
            ledgers.put(map.getMetadata().getUid(), map);
        }
    }

    /** Returns the last version of each ledger, including deleted ones. */
    Collection<ConfigMap> lastLedgers() {
        return ledgers.values();
    }

    /** Returns whether {@code ledger} was created after this was opened. */
    boolean isNew(ConfigMap ledger) {
        return !ledgersBefore.contains(ledger.getMetadata().getUid());
    }

    /** Returns the number of writes so far, by kind and action. */
    Map<String, Integer> writes() {
        return writes.entrySet().stream()
                .collect(
                        Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Integer::sum, java.util.TreeMap::new));
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }
}
