package io.filejob.trace;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** OpenTelemetry's SDK, configured by its environment variables. Safe to use from any thread. */
final class SpanExport implements AutoCloseable {
    private static final long SHUTDOWN_SECONDS = 5;
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none",
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.service.name", "filejob-worker");
    /** Java keeps loggers that are not referenced only until the next garbage collection. */
    private static final Logger LOGGER = Logger.getLogger("io.opentelemetry");

    private final OpenTelemetrySdk sdk;
    private final Consumer<String> warnings;

    /** Starts the SDK; {@code warnings} receives the problems that it logs. */
    SpanExport(Consumer<String> warnings) {
        this.warnings = warnings;
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(new Handler() {
            @Override
            public void publish(LogRecord problem) {
                if (problem.getLevel().intValue() >= Level.WARNING.intValue()) {
                    warnings.accept("traces: " + problem.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesSupplier(() -> DEFAULTS)
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk();
    }

    Tracer tracer() {
        return sdk.getTracer("io.filejob");
    }

    /** Sends what has not been sent yet, for some seconds at most. */
    @Override
    public void close() {
        if (!sdk.shutdown().join(SHUTDOWN_SECONDS, TimeUnit.SECONDS).isSuccess()) {
            warnings.accept("traces: not all spans could be sent");
        }
    }
}
