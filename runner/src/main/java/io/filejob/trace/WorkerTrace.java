package io.filejob.trace;

import io.filejob.cluster.TraceIds;
import io.filejob.failure.UrlRedaction;
import io.filejob.ledger.SliceResult;
import io.filejob.plan.Stage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one attempt of a worker: one for its part of each stage, below the span of the job that the operator
 * writes, and one for each slice below that. Safe to use from any thread.
 */
public final class WorkerTrace implements AutoCloseable {
    private final SpanExport export;
    private final Context job;
    private final Attributes attributes;
    private @Nullable Stage stage;
    private @Nullable Span stageSpan;
    private Instant last = Instant.EPOCH;

    private WorkerTrace(SpanExport export, Context job, Attributes attributes) {
        this.export = export;
        this.job = job;
        this.attributes = attributes;
    }

    /**
     * Starts the trace of an attempt.
     *
     * @param uid the UID of the FileJob
     * @param namespace the namespace of the FileJob
     * @param name the name of the FileJob
     * @param worker the index of the worker
     * @param attempt the name of the attempt
     * @param warnings receives problems of sending
     */
    public static WorkerTrace start(
            String uid, String namespace, String name, int worker, String attempt, Consumer<String> warnings) {
        SpanContext parent = SpanContext.createFromRemoteParent(
                TraceIds.trace(uid), TraceIds.job(uid), TraceFlags.getSampled(), TraceState.getDefault());
        return new WorkerTrace(
                new SpanExport(warnings),
                Context.root().with(Span.wrap(parent)),
                Attributes.builder()
                        .put("filejob.namespace", namespace)
                        .put("filejob.job", name)
                        .put("filejob.worker", worker)
                        .put("filejob.attempt", attempt)
                        .build());
    }

    /** Adds a finished slice. */
    public synchronized void finished(Stage of, SliceResult result, Instant begun, Instant ended) {
        Span span = slice(of, result.slice(), begun)
                .setAttribute("filejob.rows", result.rows().in())
                .setAttribute("filejob.rows.rejected", result.rows().rejected())
                .setAttribute("filejob.bytes", result.bytes())
                .startSpan();
        if (result.failure() != null && result.certain()) {
            fail(span, result.failure().reason());
        }
        end(span, ended);
    }

    /** Adds a slice that has ended with an exception. */
    public synchronized void failed(Stage of, int slice, Instant begun, Instant ended, RuntimeException problem) {
        Span span = slice(of, slice, begun).startSpan();
        fail(span, UrlRedaction.of(String.valueOf(problem.getMessage())));
        end(span, ended);
    }

    private void fail(Span span, String description) {
        span.setStatus(StatusCode.ERROR, description);
        if (stageSpan != null) {
            stageSpan.setStatus(StatusCode.ERROR, description);
        }
    }

    private void end(Span span, Instant ended) {
        span.end(ended);
        last = ended;
    }

    private SpanBuilder slice(Stage of, int slice, Instant begun) {
        Span parent = stageSpan;
        if (parent == null || !of.equals(stage)) {
            endStage();
            parent = export.tracer()
                    .spanBuilder(name(of))
                    .setParent(job)
                    .setStartTimestamp(begun)
                    .setAllAttributes(attributes)
                    .startSpan();
            stage = of;
            stageSpan = parent;
        }
        return export.tracer()
                .spanBuilder("slice")
                .setParent(job.with(parent))
                .setStartTimestamp(begun)
                .setAllAttributes(attributes)
                .setAttribute("filejob.stage", name(of))
                .setAttribute("filejob.slice", slice);
    }

    private static String name(Stage stage) {
        return stage.kind().name().toLowerCase(Locale.ROOT);
    }

    private void endStage() {
        if (stageSpan != null) {
            stageSpan.end(last);
            stageSpan = null;
        }
    }

    /** Ends the current stage and sends what has not been sent yet. */
    @Override
    public synchronized void close() {
        endStage();
        export.close();
    }
}
