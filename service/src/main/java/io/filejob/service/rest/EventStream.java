package io.filejob.service.rest;

import io.filejob.api.FileJob;
import io.filejob.service.ServiceSettings;
import io.filejob.service.job.JobName;
import io.filejob.service.job.Jobs;
import io.filejob.service.metrics.ServiceCounters;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemWriter;
import io.filejob.status.Phase;
import io.filejob.value.Json;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A stream of the changes of a job to one client (Server-Sent Events). A slow client misses changes, but never the last
 * one. Used on the event loop, except for {@link #changed}.
 */
final class EventStream {
    private static final Buffer HEARTBEAT = Buffer.buffer(": \n\n");

    private final Jobs jobs;
    private final JobName name;
    private final ServiceSettings settings;
    private final String path;
    private final HttpServerResponse response;
    private final Vertx vertx;
    private final Context eventLoop;
    /** The change that is to be sent next. */
    private final AtomicReference<@Nullable StreamedJob> next = new AtomicReference<>();

    private @Nullable String sent;
    private Jobs.@Nullable Watch watch;
    private long heartbeats;
    private long checks;
    private boolean isClosed;

    /**
     * A state of the job.
     *
     * @param job the job; null if it has been deleted
     */
    private record StreamedJob(@Nullable FileJob job) {}

    EventStream(RoutingContext request, Jobs jobs, JobName name, @Nullable String seen, ServiceSettings settings) {
        this.jobs = jobs;
        this.name = name;
        this.settings = settings;
        this.path = request.normalizedPath();
        this.sent = seen;
        this.response = request.response();
        this.vertx = request.vertx();
        this.eventLoop = vertx.getOrCreateContext();
    }

    static boolean isEnded(FileJob job) {
        return job.status() != null
                && (job.status().phase() == Phase.COMPLETE || job.status().phase() == Phase.FAILED);
    }

    void open() {
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream;charset=UTF-8")
                .putHeader("Cache-Control", "no-store")
                // Proxies such as nginx would keep events in their buffers.
                .putHeader("X-Accel-Buffering", "no");
        response.closeHandler(_ -> close());
        response.exceptionHandler(_ -> close());
        response.drainHandler(_ -> send());
        response.write(HEARTBEAT);
        ServiceCounters.ofProcess().streamOpened();
        heartbeats = vertx.setPeriodic(settings.events().heartbeat().toMillis(), _ -> beat());
        checks = vertx.setPeriodic(settings.accessCheck().toMillis(), _ -> check());
        Thread.ofVirtual().name("watch").start(this::watch);
    }

    private void watch() {
        try {
            Jobs.Watch opened = jobs.watch(name, this::changed);
            eventLoop.runOnContext(_ -> {
                watch = opened;
                if (isClosed) {
                    closeWatch();
                }
            });
        } catch (RuntimeException e) {
            eventLoop.runOnContext(_ -> fail(e));
        }
    }

    private void changed(@Nullable FileJob job) {
        if (next.getAndSet(new StreamedJob(job)) == null) {
            eventLoop.runOnContext(_ -> send());
        }
    }

    private void send() {
        if (isClosed || response.writeQueueFull()) {
            return;
        }
        StreamedJob change = next.getAndSet(null);
        if (change == null) {
            return;
        }
        FileJob job = change.job();
        if (job == null) {
            end("event: deleted\ndata: {}\n\n");
            return;
        }
        String version = EntityTags.of(job);
        String event = version.equals(sent)
                ? ""
                : "id: " + version + "\nevent: job\ndata: " + new String(Json.bytes(job), StandardCharsets.UTF_8)
                        + "\n\n";
        sent = version;
        if (isEnded(job)) {
            end(event);
        } else if (!event.isEmpty()) {
            response.write(event);
        }
    }

    private void beat() {
        if (!isClosed && !response.writeQueueFull()) {
            response.write(HEARTBEAT);
        }
    }

    /** A caller without rights must not see further changes. */
    private void check() {
        Thread.ofVirtual().name("access").start(() -> {
            try {
                jobs.authorize(name);
            } catch (RuntimeException e) {
                eventLoop.runOnContext(_ -> fail(e));
            }
        });
    }

    private void fail(RuntimeException e) {
        if (!isClosed) {
            ProblemException problem = e instanceof ProblemException known ? known : ProblemWriter.internal(e);
            String data = new String(Json.bytes(problem.response(path)), StandardCharsets.UTF_8);
            end("event: problem\ndata: " + data + "\n\n");
        }
    }

    private void end(String last) {
        response.end(last);
        close();
    }

    private void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        ServiceCounters.ofProcess().streamClosed();
        vertx.cancelTimer(heartbeats);
        vertx.cancelTimer(checks);
        closeWatch();
    }

    private void closeWatch() {
        Jobs.Watch open = watch;
        if (open != null) {
            Thread.ofVirtual().name("watch").start(open::close);
        }
    }
}
