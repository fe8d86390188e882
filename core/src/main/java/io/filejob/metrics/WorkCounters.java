package io.filejob.metrics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * The counters of the work of a process. They are updated once for a slice, a read, a part of a slice, a write or a retry,
 * never for a row. Safe to use from any thread.
 */
public final class WorkCounters {
    /** The upper limits in seconds of the buckets for the time of a slice, without infinity. */
    public static final List<Double> SLICE_BUCKETS =
            List.of(0.01, 0.05, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0);

    private static final WorkCounters PROCESS = new WorkCounters();

    private final Map<SliceOrigin, LongAdder> slices = adders(SliceOrigin.class);
    private final Map<RetriedService, LongAdder> retries = adders(RetriedService.class);
    private final Map<WorkStep, LongAdder> steps = adders(WorkStep.class);
    private final List<LongAdder> buckets =
            Stream.generate(LongAdder::new).limit(SLICE_BUCKETS.size() + 1L).toList();
    private final LongAdder sliceNanos = new LongAdder();
    private final LongAdder readBytes = new LongAdder();
    private final LongAdder fetchingBytes = new LongAdder();
    private final LongAdder spillFiles = new LongAdder();
    private final LongAdder spillBytes = new LongAdder();
    private final LongAdder ledgerWrites = new LongAdder();
    private final LongAdder ledgerBytes = new LongAdder();

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> keys) {
        Map<E, LongAdder> adders = new EnumMap<>(keys);
        for (E key : keys.getEnumConstants()) {
            adders.put(key, new LongAdder());
        }
        return Collections.unmodifiableMap(adders);
    }

    private static <E extends Enum<E>> LongAdder of(Map<E, LongAdder> adders, E key) {
        return Objects.requireNonNull(adders.get(key));
    }

    /** Returns the counters of this process. */
    public static WorkCounters ofProcess() {
        return PROCESS;
    }

    /** Returns all counters in a fixed order, for processes of the same release. */
    public long[] values() {
        return all().mapToLong(LongAdder::sum).toArray();
    }

    /**
     * Adds the differences between two of the {@link #values} of another process. Throws {@link IllegalArgumentException}
     * if their number is another one.
     */
    public void add(long[] increases) {
        List<LongAdder> all = all().toList();
        if (increases.length != all.size()) {
            throw new IllegalArgumentException(increases.length + " counters instead of " + all.size());
        }
        for (int i = 0; i < increases.length; i++) {
            all.get(i).add(increases[i]);
        }
    }

    private Stream<LongAdder> all() {
        return Stream.of(
                        slices.values().stream(),
                        retries.values().stream(),
                        steps.values().stream(),
                        buckets.stream(),
                        Stream.of(
                                sliceNanos,
                                readBytes,
                                fetchingBytes,
                                spillFiles,
                                spillBytes,
                                ledgerWrites,
                                ledgerBytes))
                .flatMap(counters -> counters);
    }

    /** Counts a slice that was processed in {@code nanos} nanoseconds. */
    public void slice(SliceOrigin origin, long nanos) {
        of(slices, origin).increment();
        sliceNanos.add(nanos);
        buckets.get(bucket(nanos / 1e9)).increment();
    }

    private static int bucket(double seconds) {
        int bucket = 0;
        while (bucket < SLICE_BUCKETS.size() && seconds > SLICE_BUCKETS.get(bucket)) {
            bucket++;
        }
        return bucket;
    }

    /** Counts a request that is repeated. */
    public void retry(RetriedService service) {
        of(retries, service).increment();
    }

    /** Counts a read of input: the bytes that it returned, and the time that its caller waited. */
    public void read(long bytes, long nanos) {
        readBytes.add(bytes);
        step(WorkStep.READ, nanos);
    }

    /** Adds to the time of a step. */
    public void step(WorkStep step, long nanos) {
        of(steps, step).add(nanos);
    }

    /** Adds to the bytes that are being fetched; {@code bytes} is negative when they have arrived. */
    public void fetching(long bytes) {
        fetchingBytes.add(bytes);
    }

    /** Counts files with groups that did not fit into memory or a ledger. */
    public void spill(long files, long bytes) {
        spillFiles.add(files);
        spillBytes.add(bytes);
    }

    /** Counts a write of a ledger; {@code bytes} is its stored size. */
    public void ledger(long bytes) {
        ledgerWrites.increment();
        ledgerBytes.add(bytes);
    }

    /** Returns the number of processed slices of this origin. */
    public long slices(SliceOrigin origin) {
        return of(slices, origin).sum();
    }

    /** Returns the number of repeated requests to {@code service}. */
    public long retries(RetriedService service) {
        return of(retries, service).sum();
    }

    /** Returns the number of slices in each bucket of {@link #SLICE_BUCKETS} and beyond the last, not cumulated. */
    public long[] sliceBuckets() {
        return buckets.stream().mapToLong(LongAdder::sum).toArray();
    }

    /** Returns the time of all slices in seconds. */
    public double sliceSeconds() {
        return sliceNanos.sum() / 1e9;
    }

    /** Returns the time of a step in seconds. */
    public double seconds(WorkStep step) {
        return of(steps, step).sum() / 1e9;
    }

    /** Returns the number of input bytes read. */
    public long readBytes() {
        return readBytes.sum();
    }

    /** Returns the number of bytes that are being fetched. */
    public long fetchingBytes() {
        return fetchingBytes.sum();
    }

    /** Returns the number of spill files. */
    public long spillFiles() {
        return spillFiles.sum();
    }

    /** Returns the number of bytes in spill files. */
    public long spillBytes() {
        return spillBytes.sum();
    }

    /** Returns the number of writes of ledgers. */
    public long ledgerWrites() {
        return ledgerWrites.sum();
    }

    /** Returns the number of bytes of ledgers written. */
    public long ledgerBytes() {
        return ledgerBytes.sum();
    }
}
