package io.filejob.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.metrics.RetriedService;
import io.filejob.metrics.SliceOrigin;
import io.filejob.metrics.WorkCounters;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The counters of an attempt of a worker, which it writes as {@link ClusterNames#REPORT} beside its ledger, so that the
 * operator counts its work even if the pod lives for seconds only.
 *
 * @param slices the processed slices by origin
 * @param buckets the slices in each bucket of {@link WorkCounters#SLICE_BUCKETS} and beyond the last, not cumulated
 * @param sliceSeconds the time of all slices
 * @param retries the repeated requests by service
 * @param spillBytes the bytes of spill files
 * @param ledgerWrites the writes of the ledger, including the one with this report
 * @param ledgerBytes the bytes of these writes
 */
public record WorkerReport(
        Map<SliceOrigin, Long> slices,
        List<Long> buckets,
        double sliceSeconds,
        Map<RetriedService, Long> retries,
        long spillBytes,
        long ledgerWrites,
        long ledgerBytes) {
    /** The report of an attempt that has done nothing. */
    public static final WorkerReport NONE = new WorkerReport(
            Map.of(),
            LongStream.generate(() -> 0)
                    .limit(WorkCounters.SLICE_BUCKETS.size() + 1L)
                    .boxed()
                    .toList(),
            0,
            Map.of(),
            0,
            0,
            0);

    /** Length of a report in characters, above which the operator does not keep annotations. */
    static final int MAX_LENGTH = 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies maps and list. */
    public WorkerReport {
        slices = Map.copyOf(slices);
        buckets = List.copyOf(buckets);
        retries = Map.copyOf(retries);
    }

    /** Returns the report of a process that runs one worker. */
    public static WorkerReport of(WorkCounters counters) {
        Map<SliceOrigin, Long> slices = new EnumMap<>(SliceOrigin.class);
        for (SliceOrigin origin : SliceOrigin.values()) {
            slices.put(origin, counters.slices(origin));
        }
        Map<RetriedService, Long> retries = new EnumMap<>(RetriedService.class);
        for (RetriedService service : RetriedService.values()) {
            retries.put(service, counters.retries(service));
        }
        return new WorkerReport(
                slices,
                Arrays.stream(counters.sliceBuckets()).boxed().toList(),
                counters.sliceSeconds(),
                retries,
                counters.spillBytes(),
                counters.ledgerWrites(),
                counters.ledgerBytes());
    }

    /** Returns the value of the annotation: JSON without counters that are 0. */
    public String text() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (SliceOrigin origin : SliceOrigin.values()) {
            put(json, origin.text(), slices.getOrDefault(origin, 0L));
        }
        ArrayNode array = json.putArray("buckets");
        buckets.forEach(array::add);
        json.put("seconds", Math.round(sliceSeconds * 1000) / 1000.0);
        ObjectNode repeated = JsonNodeFactory.instance.objectNode();
        for (RetriedService service : RetriedService.values()) {
            put(repeated, service.text(), retries.getOrDefault(service, 0L));
        }
        if (!repeated.isEmpty()) {
            json.set("retries", repeated);
        }
        put(json, "spillBytes", spillBytes);
        put(json, "ledgerWrites", ledgerWrites);
        put(json, "ledgerBytes", ledgerBytes);
        return json.toString();
    }

    private static void put(ObjectNode json, String key, long count) {
        if (count != 0) {
            json.put(key, count);
        }
    }

    /**
     * Reads the value of the annotation. Returns empty if there is none, or if it is not a report: metrics must not
     * depend on it.
     */
    public static Optional<WorkerReport> parse(@Nullable String text) {
        if (text == null || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (!json.path("buckets").isArray()
                || json.path("buckets").size() != NONE.buckets().size()) {
            return Optional.empty();
        }
        Map<SliceOrigin, Long> slices = new EnumMap<>(SliceOrigin.class);
        for (SliceOrigin origin : SliceOrigin.values()) {
            slices.put(origin, count(json.path(origin.text())));
        }
        Map<RetriedService, Long> retries = new EnumMap<>(RetriedService.class);
        for (RetriedService service : RetriedService.values()) {
            retries.put(service, count(json.path("retries").path(service.text())));
        }
        return Optional.of(new WorkerReport(
                slices,
                json.path("buckets").valueStream().map(WorkerReport::count).toList(),
                Math.max(0, json.path("seconds").asDouble()),
                retries,
                count(json.path("spillBytes")),
                count(json.path("ledgerWrites")),
                count(json.path("ledgerBytes"))));
    }

    private static long count(JsonNode number) {
        return Math.max(0, number.asLong());
    }

    /** Returns what this report adds to {@code earlier}, one of the same attempt; nothing is negative. */
    public WorkerReport since(WorkerReport earlier) {
        Map<SliceOrigin, Long> moreSlices = new EnumMap<>(SliceOrigin.class);
        slices.forEach((origin, count) ->
                moreSlices.put(origin, more(count, earlier.slices().getOrDefault(origin, 0L))));
        Map<RetriedService, Long> moreRetries = new EnumMap<>(RetriedService.class);
        retries.forEach((service, count) ->
                moreRetries.put(service, more(count, earlier.retries().getOrDefault(service, 0L))));
        long[] moreBuckets = new long[buckets.size()];
        for (int i = 0; i < moreBuckets.length; i++) {
            moreBuckets[i] = more(buckets.get(i), earlier.buckets().get(i));
        }
        return new WorkerReport(
                moreSlices,
                Arrays.stream(moreBuckets).boxed().toList(),
                Math.max(0, sliceSeconds - earlier.sliceSeconds()),
                moreRetries,
                more(spillBytes, earlier.spillBytes()),
                more(ledgerWrites, earlier.ledgerWrites()),
                more(ledgerBytes, earlier.ledgerBytes()));
    }

    private static long more(long now, long before) {
        return Math.max(0, now - before);
    }
}
