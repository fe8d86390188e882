package io.filejob.operator.observe;

/**
 * How much of the operator's heap FileJobs may take, all of it shares of the largest heap that this JVM may have. A user
 * can make ConfigMaps that unpack to a thousand times their size, so that what is read is weighed before it is parsed.
 */
final class Footprint {
    /** Of what is kept between two looks at jobs; the operator reads again what does not fit. */
    private static final int KEPT_SHARE = 6;
    /** Of what one job may take while it is looked at. */
    private static final int JOB_SHARE = 4;
    /** What every job may take at any time, without waiting for its turn. */
    static final int SMALL = 1 << 20;

    /** An object's header and its references, on average. */
    private static final int OBJECT = 40;

    private Footprint() {}

    /** The bytes that all jobs together may keep. */
    static long kept() {
        return Runtime.getRuntime().maxMemory() / KEPT_SHARE;
    }

    /** The bytes that one job may take. */
    static long job() {
        return Runtime.getRuntime().maxMemory() / JOB_SHARE;
    }

    /** The bytes of heap that {@code json} takes at most once it is parsed. */
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
