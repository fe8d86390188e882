package io.filejob.service.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.api.DeclaredOperations;
import io.filejob.api.FileJob;
import io.filejob.service.job.JobPage;
import io.filejob.service.job.JobQuery;
import io.filejob.spec.OperationDeclaration;
import io.filejob.status.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Lists FileJobs in chunks of the API server, which are in the order of names; within a chunk, the newest job is first.
 * A page ends with its last job, or after a number of chunks without enough matching jobs.
 */
final class JobListing {
    private static final long CHUNK = 250;
    private static final int MAX_CHUNKS = 20;

    private static final Comparator<GenericKubernetesResource> NEWEST_FIRST = Comparator.comparing(
                    (GenericKubernetesResource object) -> object.getMetadata().getCreationTimestamp())
            .reversed()
            .thenComparing(object -> object.getMetadata().getName());

    private final KubernetesClient client;
    private final JobQuery query;

    JobListing(KubernetesClient client, JobQuery query) {
        this.client = client;
        this.query = query;
    }

    JobPage page() {
        List<FileJob> items = new ArrayList<>();
        Optional<ListCursor> position = Optional.of(ListCursor.parse(query.after()));
        for (int chunk = 0; chunk < MAX_CHUNKS && position.isPresent() && items.size() < query.limit(); chunk++) {
            position = addChunk(position.get(), items);
        }
        return new JobPage(items, position.map(ListCursor::text).orElse(null));
    }

    /** Adds jobs of the chunk at {@code position}, and returns the position of the next job. */
    private Optional<ListCursor> addChunk(ListCursor position, List<FileJob> items) {
        GenericKubernetesResourceList chunk = read(position);
        List<FileJob> matching = chunk.getItems().stream()
                .sorted(NEWEST_FIRST)
                .map(FileJobObjects::read)
                .filter(this::matches)
                .toList();
        int from = Math.min(position.skip(), matching.size());
        int to = Math.min(matching.size(), from + query.limit() - items.size());
        items.addAll(matching.subList(from, to));
        return to < matching.size()
                ? Optional.of(new ListCursor(chunk.getMetadata().getResourceVersion(), position.next(), to))
                : ListCursor.chunk(chunk.getMetadata().getContinue());
    }

    private GenericKubernetesResourceList read(ListCursor position) {
        ListOptionsBuilder options = new ListOptionsBuilder().withLimit(CHUNK);
        if (position.next() != null) {
            options.withContinue(position.next());
        } else if (position.version() != null) {
            options.withResourceVersion(position.version()).withResourceVersionMatch("Exact");
        }
        ListOptions built = options.build();
        var all = client.genericKubernetesResources(FileJobObjects.DEFINITION);
        return query.namespace() == null
                ? all.inAnyNamespace().list(built)
                : all.inNamespace(query.namespace()).list(built);
    }

    private boolean matches(FileJob job) {
        Phase phase = job.status() == null ? Phase.PENDING : job.status().phase();
        return (query.phases().isEmpty() || query.phases().contains(phase))
                && (query.operation() == null || hasOperation(job, query.operation()))
                && (query.text() == null
                        || job.name()
                                .toLowerCase(Locale.ROOT)
                                .contains(query.text().toLowerCase(Locale.ROOT)))
                && (query.since() == null || isAfter(job, query.since()));
    }

    private static boolean hasOperation(FileJob job, String name) {
        OperationDeclaration operation = DeclaredOperations.byName().get(name);
        return operation != null
                && operation.settings().isInstance(job.spec().operation().chosen());
    }

    private static boolean isAfter(FileJob job, Instant since) {
        String created = job.metadata().path("creationTimestamp").asText();
        return !created.isEmpty() && Instant.parse(created).isAfter(since);
    }
}
