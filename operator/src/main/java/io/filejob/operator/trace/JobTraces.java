package io.filejob.operator.trace;

import io.filejob.cluster.TraceIds;
import io.filejob.coverage.Coverage;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Phases;
import io.filejob.status.FileJobStatus;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends the spans of a job when it has ended, if the environment asks for traces. Safe to use from any thread. */
@ApplicationScoped
public class JobTraces {
    private @Nullable JobSpans spans = spans(System.getenv(), Map.of());

    /** Returns traces for other settings than those of this process. */
    static JobTraces of(Map<String, String> environment, Map<String, String> properties) {
        JobTraces traces = new JobTraces();
        traces.close();
        traces.spans = spans(environment, properties);
        return traces;
    }

    private static @Nullable JobSpans spans(Map<String, String> environment, Map<String, String> properties) {
        return TraceIds.isOn(environment) ? new JobSpans(properties) : null;
    }

    /** Sends the spans of {@code job} if its status changes from {@code before} to an end. */
    public void publish(
            FileJobResource job, @Nullable Coverage coverage, @Nullable FileJobStatus before, FileJobStatus now) {
        if (spans != null && Phases.isTerminal(now) && (before == null || !Phases.isTerminal(before))) {
            spans.ended(job, coverage, before, now);
        }
    }

    @PreDestroy
    void close() {
        if (spans != null) {
            spans.close();
        }
    }
}
