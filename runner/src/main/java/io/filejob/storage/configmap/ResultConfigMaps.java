package io.filejob.storage.configmap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.cluster.ClusterNames;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.Destination;
import io.filejob.file.FileIdentity;
import io.filejob.file.PendingFile;
import io.filejob.kubernetes.ConfigMaps;
import io.filejob.spec.ConfigMapReference;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Result ConfigMaps in a job's namespace: text in UTF-8, with the label {@link ClusterNames#RESULT_OF}. They belong to
 * the user and have no owner reference, so that they stay when the FileJob is deleted. A ConfigMap that no FileJob
 * wrote is not replaced. Throws {@link JobFailedException} with {@link ExitCode#NO_OUTPUT} if one cannot be written; otherwise
 * fails as {@link io.filejob.kubernetes.ApiServer} does. Safe to use from any thread.
 */
public final class ResultConfigMaps implements Destination {
    private final ConfigMaps configMaps;
    private final JobConfigMap job;

    /** Creates access to the results of {@code job}, in the namespace of {@code configMaps}; sends no request. */
    public ResultConfigMaps(ConfigMaps configMaps, JobConfigMap job) {
        this.configMaps = configMaps;
        this.job = job;
    }

    @Override
    public String location(String name) {
        return new ConfigMapReference(name).location();
    }

    @Override
    public FileIdentity identity(String name) {
        return new FileIdentity(location(name), null);
    }

    /** Returns an empty result, since a ConfigMap has no parts. */
    @Override
    public Optional<String> findName(String prefix, Predicate<String> wanted) {
        return Optional.empty();
    }

    /**
     * Checks, as far as that is cheap, whether {@code name} can be written; throws {@link JobFailedException} with {@link
     * ExitCode#NO_OUTPUT} if it cannot.
     */
    public void check(String name) {
        configMaps.metadata(name).ifPresent(metadata -> jobOf(name, metadata));
    }

    /** Returns the UID of the FileJob that wrote the ConfigMap; throws {@link JobFailedException} if no FileJob did. */
    private String jobOf(String name, JsonNode metadata) {
        String uid = metadata.path("labels").path(ClusterNames.RESULT_OF).textValue();
        if (uid == null) {
            throw lost(
                    name,
                    "there is a ConfigMap " + name + " that no FileJob wrote: name another in spec.output.configMap, or"
                            + " remove it");
        }
        return uid;
    }

    private JobFailedException lost(String name, String reason) {
        return new JobFailedException(
                ExitCode.NO_OUTPUT, "the output " + location(name) + " cannot be written: " + reason);
    }

    /** Begins a ConfigMap; {@code writer} is not needed, since incomplete ConfigMaps are never visible. */
    @Override
    public PendingFile create(String name, String writer) {
        return new Writing(name);
    }

    /** Content that is held in memory until it is committed, unless it exceeds the limit. */
    private final class Writing implements PendingFile {
        private final String name;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private long size;

        Writing(String name) {
            this.name = name;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            size += length;
            if (size <= ConfigMapReference.MAX_BYTES) {
                content.write(bytes, offset, length);
            }
        }

        @Override
        public void commit() {
            if (size > ConfigMapReference.MAX_BYTES || !put(configMap())) {
                throw lost(
                        name,
                        String.format(
                                Locale.ROOT,
                                "its %,d bytes do not fit a ConfigMap, which holds %,d: name a file in spec.output.uri"
                                        + " instead",
                                size,
                                ConfigMapReference.MAX_BYTES));
            }
        }

        private ObjectNode configMap() {
            ObjectNode configMap = JsonNodeFactory.instance
                    .objectNode()
                    .put("apiVersion", "v1")
                    .put("kind", "ConfigMap");
            ObjectNode metadata = configMap.putObject("metadata").put("name", name);
            metadata.putObject("labels").put(ClusterNames.RESULT_OF, job.uid());
            metadata.putObject("annotations")
                    .put(ClusterNames.JOB_NAME, job.job().name());
            configMap.putObject("data").put(ConfigMapReference.KEY, content.toString(StandardCharsets.UTF_8));
            return configMap;
        }

        /**
         * Creates the ConfigMap before it reads an existing one, so that no other writer can create it in between.
         * Returns false if it is too large.
         */
        private boolean put(ObjectNode mine) {
            if (!configMaps.create(name, mine)) {
                return false;
            }
            boolean there =
                    configMaps.get(name).filter(each -> isSame(each, mine)).isPresent();
            return there || configMaps.write(name, mine);
        }

        /** Returns whether this or another attempt already wrote the same content; otherwise it may be replaced. */
        private boolean isSame(JsonNode there, ObjectNode mine) {
            boolean same = jobOf(name, there.path("metadata")).equals(job.uid())
                    && there.path("data").equals(mine.path("data"));
            if (!same && there.path("immutable").asBoolean()) {
                throw lost(
                        name,
                        "the ConfigMap " + name + " is immutable: name another in spec.output.configMap, or remove it");
            }
            return same;
        }

        @Override
        public void close() {
            // Nothing is stored before the commit.
        }
    }
}
