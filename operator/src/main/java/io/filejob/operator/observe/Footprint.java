package io.filejob.operator.observe;

/**
 * Limits the heap used for FileJobs, as shares of the JVM's maximum heap. A user can create ConfigMaps that unpack to a
 * thousand times their size, so content is weighed before it is parsed.
 */
final class Footprint {
    /** Divisor for the cache kept between reconciliations; the operator reads again any job that does not fit. */
    private static final int KEPT_SHARE = 6;
    /** Divisor for all large jobs while they are reconciled; one of them may use it up. */
    private static final int OBSERVED_SHARE = 4;
    /** The bytes that every job may use at any time without waiting for others. */
    static final int SMALL = 1 << 20;

    /** Average size in bytes of an object's header and its references. */
    private static final int OBJECT = 40;

    private Footprint() {}

    /** Returns the bytes that all jobs together may keep. */
    static long kept() {
        return Runtime.getRuntime().maxMemory() / KEPT_SHARE;
    }

    /** Returns the bytes that one job may use, and all large jobs together that are reconciled at the same time. */
    static long observed() {
        return Runtime.getRuntime().maxMemory() / OBSERVED_SHARE;
    }

    /** Returns an upper bound of the heap in bytes that {@code json} uses once it is parsed. */
    static long of(byte[] json) {
        long objects = 0;
        for (byte each : json) {
            if (each == ',' || each == '[' || each == '{') {
                objects++;
            }
        }
        return json.length + objects * OBJECT;
    }
}
