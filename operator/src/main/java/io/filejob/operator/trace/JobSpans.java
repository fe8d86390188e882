package io.filejob.operator.trace;

import io.filejob.cluster.TraceIds;
import io.filejob.coverage.Coverage;
import io.filejob.failure.UrlRedaction;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Phases;
import io.filejob.status.Condition;
import io.filejob.status.FileJobStatus;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The spans of jobs: one for the whole job, whose ID workers know, and below it those of waiting for workers and of their
 * run. OpenTelemetry's SDK is configured by its environment variables. Safe to use from any thread.
 */
final class JobSpans implements AutoCloseable {
    private static final long SHUTDOWN_SECONDS = 5;
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none",
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.service.name", "filejob-operator");

    private final JobIds ids = new JobIds();
    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;

    /** Starts the SDK; {@code properties} precede its defaults, and environment variables precede both. */
    JobSpans(Map<String, String> properties) {
        Map<String, String> known = new HashMap<>(DEFAULTS);
        known.putAll(properties);
        sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesSupplier(() -> known)
                .addTracerProviderCustomizer((builder, _) -> builder.setIdGenerator(ids))
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk();
        tracer = sdk.getTracer("io.filejob");
    }

    /** Adds the spans of a job that has just ended. */
    void ended(FileJobResource job, @Nullable Coverage coverage, @Nullable FileJobStatus before, FileJobStatus now) {
        String uid = job.getMetadata().getUid();
        Instant start = Instant.parse(Objects.requireNonNull(now.startTime()));
        Instant end = Instant.parse(Objects.requireNonNull(now.completionTime()));
        // A redrive has a span of its own below the one that its job has had, since workers' spans refer to that.
        boolean isFirst = now.redrive() == null;
        Span span = isFirst
                ? ids.forJob(uid, () -> builder("job", job, start).setNoParent().startSpan())
                : builder("redrive", job, start).setParent(below(uid)).startSpan();
        describe(span, job, now);
        if (coverage != null) {
            span.setAttribute("filejob.bytes", coverage.bytes());
        }
        running(before).ifPresent(running -> {
            child("wait for workers", job, span, start, running);
            child("run", job, span, running, end);
        });
        span.end(end);
    }

    private SpanBuilder builder(String name, FileJobResource job, Instant start) {
        return tracer.spanBuilder(name)
                .setStartTimestamp(start)
                .setAttribute("filejob.namespace", job.getMetadata().getNamespace())
                .setAttribute("filejob.job", job.getMetadata().getName());
    }

    private static Context below(String uid) {
        return Context.root()
                .with(Span.wrap(SpanContext.createFromRemoteParent(
                        TraceIds.trace(uid), TraceIds.job(uid), TraceFlags.getSampled(), TraceState.getDefault())));
    }

    private static void describe(Span span, FileJobResource job, FileJobStatus now) {
        span.setAttribute("filejob.workers", job.getSpec().workers());
        span.setAttribute("filejob.phase", now.phase().toString());
        if (now.slices() != null) {
            span.setAttribute("filejob.slices", now.slices().done());
        }
        if (now.rows() != null) {
            span.setAttribute("filejob.rows", now.rows().in());
            span.setAttribute("filejob.rows.rejected", now.rows().rejected());
        }
        if (Phases.hasFailed(now)) {
            span.setStatus(StatusCode.ERROR, UrlRedaction.of(now.message()));
            span.setAttribute("filejob.reason", Objects.requireNonNullElse(now.reason(), ""));
        }
    }

    /** Returns when workers began to run, according to the last status of the unfinished job. */
    private static Optional<Instant> running(@Nullable FileJobStatus before) {
        return before == null
                ? Optional.empty()
                : before.conditions().stream()
                        .filter(condition -> condition.type().equals("Running")
                                && condition.status().equals("True"))
                        .map(Condition::lastTransitionTime)
                        .map(Instant::parse)
                        .findFirst();
    }

    private void child(String name, FileJobResource job, Span parent, Instant start, Instant end) {
        builder(name, job, start)
                .setParent(Context.root().with(parent))
                .startSpan()
                .end(end);
    }

    /** Sends the remaining spans, for some seconds at most. */
    @Override
    public void close() {
        sdk.shutdown().join(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    }
}
