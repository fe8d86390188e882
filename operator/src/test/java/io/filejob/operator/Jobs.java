package io.filejob.operator;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.filejob.api.FileJobSpec;
import io.filejob.operator.api.FileJobResource;
import java.util.Locale;

/** FileJobs for tests. */
public final class Jobs {
    private Jobs() {}

    /** The UID of every job that was not created in a cluster. */
    public static final String UID = "0f6a3c1e-1111-2222-3333-444455556666";

    /** Returns a job with {@code slices} slices of two numbers each, as the API server would return it. */
    public static FileJobResource job(int workers, int slices) {
        return job(String.format(Locale.ROOT, """
                {"workers": %d, "input": {"generate": {"files": %d, "entriesPerFile": 2, "filesPerSlice": 1}},
                 "operation": {"average": {}}}
                """, workers, slices));
    }

    /** Returns a job with this spec, given as JSON. */
    public static FileJobResource job(String spec) {
        FileJobResource job = new FileJobResource();
        job.setMetadata(new ObjectMetaBuilder()
                .withName("prices")
                .withNamespace("shop")
                .withUid(UID)
                .withGeneration(1L)
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .build());
        job.setSpec(Serialization.unmarshal(spec, FileJobSpec.class));
        return job;
    }

    /** Removes from {@code job} the metadata that an API server sets, so that it can be created in {@code namespace}. */
    public static FileJobResource asNew(FileJobResource job, String namespace) {
        job.getMetadata().setNamespace(namespace);
        job.getMetadata().setUid(null);
        job.getMetadata().setCreationTimestamp(null);
        job.getMetadata().setGeneration(null);
        return job;
    }
}
