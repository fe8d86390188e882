package io.filejob.service.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.filejob.api.FileJob;
import io.filejob.security.Sha256;
import io.filejob.service.job.Caller;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.value.Json;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Creates FileJobs. With an idempotency key, the object's name is a function of user, key and the job's name, so that the
 * API server refuses to create it twice, and two annotations tell a repetition from another job with the same key.
 */
final class KeyedCreation {
    /** Label: a digest of the user and the idempotency key. */
    static final String KEY = "filejob.io/request-key";
    /** Annotation: the digest of the job that was requested. */
    static final String REQUEST = "filejob.io/request-digest";

    /** With its suffix, a name is a DNS label. */
    private static final int MAX_NAME = 52;

    private static final int SUFFIX = 10;
    private static final int LABEL = 40;

    private final KubernetesClient client;
    private final String namespace;

    KeyedCreation(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    FileJob create(FileJob job, Caller caller, @Nullable String key) {
        if (key == null) {
            GenericKubernetesResource object = FileJobObjects.write(job, namespace, Map.of(), Map.of());
            object.getMetadata().setGenerateName(start(job) + "-");
            return FileJobObjects.read(client.resource(object).create());
        }
        String digest = digest(caller.name() + "\n" + namespace + "\n" + key);
        String request = Json.digest(Map.of("name", job.name(), "spec", job.spec()));
        Optional<FileJob> before = before(digest, request);
        return before.isPresent() ? before.get() : createOnce(job, digest, request);
    }

    private static String start(FileJob job) {
        String name = job.name().replace('.', '-');
        return name.substring(0, Math.min(name.length(), MAX_NAME));
    }

    private static String digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8))
                .substring("sha256:".length(), "sha256:".length() + LABEL);
    }

    /** Returns the job that was created with this key, even if its name has another beginning. */
    private Optional<FileJob> before(String key, String request) {
        try {
            return client
                    .genericKubernetesResources(FileJobObjects.DEFINITION)
                    .inNamespace(namespace)
                    .withLabel(KEY, key)
                    .list()
                    .getItems()
                    .stream()
                    .findFirst()
                    .map(object -> same(object, request));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private FileJob createOnce(FileJob job, String key, String request) {
        GenericKubernetesResource object =
                FileJobObjects.write(job, namespace, Map.of(KEY, key), Map.of(REQUEST, request));
        object.getMetadata().setName(start(job) + "-" + key.substring(0, SUFFIX));
        try {
            return FileJobObjects.read(client.resource(object).create());
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            return same(FileJobObjects.require(client.resource(object)), request);
        }
    }

    private static FileJob same(GenericKubernetesResource object, String request) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of());
        if (!request.equals(annotations.get(REQUEST))) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Idempotency-Key: already used for another job ("
                            + object.getMetadata().getName() + "); use a new key for a new job");
        }
        return FileJobObjects.read(object);
    }
}
