package io.filejob.cluster;

import io.filejob.security.Sha256;
import java.util.Map;

/**
 * The trace of a job, if traces are on: its IDs. They follow from the UID of the FileJob, so that operator and workers write to one trace
 * without passing anything on.
 */
public final class TraceIds {
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    private static final String EXPORTER = "OTEL_TRACES_EXPORTER";
    private static final String DISABLED = "OTEL_SDK_DISABLED";

    private TraceIds() {}

    /**
     * Returns whether {@code environment} asks for traces: {@code OTEL_TRACES_EXPORTER} names an exporter. Otherwise
     * OpenTelemetry's SDK is not to be started.
     */
    public static boolean isOn(Map<String, String> environment) {
        String exporter = environment.getOrDefault(EXPORTER, "").strip();
        return !exporter.isEmpty()
                && !exporter.equals("none")
                && !environment.getOrDefault(DISABLED, "").equalsIgnoreCase("true");
    }

    /**
     * Returns the ID of the trace of the FileJob with this UID, 32 hexadecimal digits: the UID itself without hyphens, with
     * its halves exchanged. Samplers decide by the last half of an ID, which must begin with random bits; that of a UUID
     * begins with its variant.
     */
    public static String trace(String uid) {
        String digits = uid.replace("-", "");
        return digits.matches("[0-9a-f]{32}") && !digits.matches("0+")
                ? digits.substring(TRACE_BYTES) + digits.substring(0, TRACE_BYTES)
                : new Sha256().update(uid).hex(TRACE_BYTES);
    }

    /** Returns the ID of the span of the whole job, 16 hexadecimal digits. */
    public static String job(String uid) {
        return new Sha256().update("job " + uid).hex(SPAN_BYTES);
    }
}
