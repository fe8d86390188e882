package io.filejob.operator.trace;

import io.filejob.cluster.TraceIds;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives the span of a job the IDs that follow from its UID, and all others random ones. Safe to use from any thread. */
final class JobIds implements IdGenerator {
    private final IdGenerator random = IdGenerator.random();
    private final ThreadLocal<@Nullable String> uid = new ThreadLocal<>();

    /** Returns the span that {@code start} starts in this thread, with the IDs of the FileJob with this UID. */
    Span forJob(String of, Supplier<Span> start) {
        uid.set(of);
        try {
            return start.get();
        } finally {
            uid.remove();
        }
    }

    @Override
    public String generateTraceId() {
        String job = uid.get();
        return job == null ? random.generateTraceId() : TraceIds.trace(job);
    }

    @Override
    public String generateSpanId() {
        String job = uid.get();
        return job == null ? random.generateSpanId() : TraceIds.job(job);
    }
}
