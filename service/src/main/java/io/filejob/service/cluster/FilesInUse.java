package io.filejob.service.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.filejob.api.FileJob;
import io.filejob.service.job.FileReferences;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lists the files that the FileJobs of a cluster read and write, with the service's own token, which has no other right.
 * Thread-safe; one listing is made at a time, in chunks of {@value #CHUNK} jobs.
 */
final class FilesInUse {
    private static final long CHUNK = 500;

    private final ApiServerAccess access;
    private final Path token;
    private final List<String> namespaces;

    /**
     * Creates an instance.
     *
     * @param token the file with the token, which changes before it expires
     * @param namespaces the namespaces of the jobs; empty for all
     */
    FilesInUse(ApiServerAccess access, Path token, List<String> namespaces) {
        this.access = access;
        this.token = token;
        this.namespaces = List.copyOf(namespaces);
    }

    /**
     * Returns the files of jobs that have not ended before {@code end}; throws {@link ProblemException} if the API server
     * does not list all jobs.
     */
    synchronized FileReferences list(Instant end) {
        List<FileReferences> files = new ArrayList<>();
        try (KubernetesClient client = access.client(Files.readString(token).strip())) {
            if (namespaces.isEmpty()) {
                addAll(client, null, end, files);
            }
            namespaces.forEach(namespace -> addAll(client, namespace, end, files));
            return FileReferences.all(files);
        } catch (KubernetesClientException e) {
            throw ApiProblems.of(e);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "the token of this service cannot be read: " + e.getMessage());
        }
    }

    private static void addAll(
            KubernetesClient client, @Nullable String namespace, Instant end, List<FileReferences> files) {
        var all = client.genericKubernetesResources(FileJobObjects.DEFINITION);
        String next = null;
        do {
            ListOptions options =
                    new ListOptionsBuilder().withLimit(CHUNK).withContinue(next).build();
            GenericKubernetesResourceList chunk = namespace == null
                    ? all.inAnyNamespace().list(options)
                    : all.inNamespace(namespace).list(options);
            for (GenericKubernetesResource object : chunk.getItems()) {
                FileJob job = FileJobObjects.read(object);
                if (!hasEnded(job.status(), end)) {
                    files.add(FileReferences.of(job.spec()));
                }
            }
            next = chunk.getMetadata().getContinue();
        } while (!Objects.requireNonNullElse(next, "").isEmpty());
    }

    private static boolean hasEnded(@Nullable FileJobStatus status, Instant end) {
        if (status == null || (status.phase() != Phase.COMPLETE && status.phase() != Phase.FAILED)) {
            return false;
        }
        return status.completionTime() == null
                || !Instant.parse(status.completionTime()).isAfter(end);
    }
}
