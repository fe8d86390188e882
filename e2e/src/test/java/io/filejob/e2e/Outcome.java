package io.filejob.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.filejob.status.FileJobStatus;
import io.filejob.status.JobResult;
import io.filejob.status.RowCounts;
import io.filejob.status.SliceProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The outcome of a job, which must be the same wherever it runs. */
record Outcome(
        @Nullable String fingerprint,
        @Nullable JobResult result,
        @Nullable RowCounts rows,
        @Nullable SliceProgress slices) {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final Map<Object, Outcome> KNOWN = new ConcurrentHashMap<>();

    private record Run(FileJobStatus status) {}

    static Outcome of(FileJobStatus status) {
        return new Outcome(
                status.plan() == null ? null : status.plan().fingerprint(),
                status.result(),
                status.rows(),
                status.slices());
    }

    /** Returns the outcome of {@code filejob run} with the same manifest on this machine. */
    static Outcome ofLocalRun(String manifest) {
        try {
            Object key = Objects.requireNonNull(YAML.readValue(manifest, io.filejob.api.FileJob.class))
                    .spec()
                    .resultDefiningPart();
            return KNOWN.computeIfAbsent(key, _ -> run(manifest, List.of()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(manifest, e);
        }
    }

    /** Returns the same with {@code options}, which replace volumes and Secrets. */
    static Outcome ofLocalRun(String manifest, List<String> options) {
        return run(manifest, options);
    }

    private static Outcome run(String manifest, List<String> options) {
        List<String> command =
                new ArrayList<>(List.of(Cluster.ROOT.resolve("filejob").toString(), "run", "-", "-o", "yaml"));
        command.addAll(options);
        String answer = Command.run(manifest, command).ok();
        try {
            return of(YAML.readValue(answer, Run.class).status());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(answer, e);
        }
    }
}
