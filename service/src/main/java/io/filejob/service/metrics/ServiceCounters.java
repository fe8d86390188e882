package io.filejob.service.metrics;

import io.filejob.metrics.MetricsWriter;
import io.filejob.metrics.ServiceMetrics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** The counters of this process. Thread-safe. */
public final class ServiceCounters {
    private static final ServiceCounters PROCESS = new ServiceCounters();
    private static final String OTHER = "other";

    private final Map<String, RouteTimes> routes = new ConcurrentHashMap<>();
    private final Map<List<String>, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> sweeps = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> expired = new ConcurrentHashMap<>();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final AtomicInteger streams = new AtomicInteger();

    /** The times of requests to a route, by bucket. */
    private static final class RouteTimes {
        private final LongAdder[] counts;
        private final DoubleAdder seconds = new DoubleAdder();

        RouteTimes() {
            counts = IntStream.rangeClosed(
                            0, ServiceMetrics.REQUEST_SECONDS.buckets().size())
                    .mapToObj(_ -> new LongAdder())
                    .toArray(LongAdder[]::new);
        }

        void add(double time) {
            int bucket = 0;
            while (bucket < counts.length - 1
                    && time > ServiceMetrics.REQUEST_SECONDS.buckets().get(bucket)) {
                bucket++;
            }
            counts[bucket].increment();
            seconds.add(time);
        }
    }

    ServiceCounters() {}

    /** Returns the names of routes that have been counted. */
    Set<String> routes() {
        return Set.copyOf(routes.keySet());
    }

    /** Returns the counters of this process. */
    public static ServiceCounters ofProcess() {
        return PROCESS;
    }

    /** Counts a response. */
    void responded(String method, String path, int status, double seconds, long bytes) {
        String name = RouteName.of(path);
        String route = routes.containsKey(name) || routes.size() < ServiceMetrics.MAX_ROUTES ? name : OTHER;
        RouteTimes times = routes.computeIfAbsent(route, _ -> new RouteTimes());
        if (!route.endsWith("/events")) {
            times.add(seconds);
        }
        add(requests, List.of(method, route, Integer.toString(status)), 1);
        sent.add(bytes);
    }

    private static <K> void add(Map<K, LongAdder> counters, K key, long count) {
        counters.computeIfAbsent(key, _ -> new LongAdder()).add(count);
    }

    /** Counts bytes of uploads. */
    public void received(long bytes) {
        received.add(bytes);
    }

    /** Counts a stream that begins. */
    public void streamOpened() {
        streams.incrementAndGet();
    }

    /** Counts a stream that ends. */
    public void streamClosed() {
        streams.decrementAndGet();
    }

    /** Counts a search for expired files. */
    public void swept(boolean isDone) {
        add(sweeps, isDone ? "done" : "failed", 1);
    }

    /** Counts expired files; {@code change} is one that {@link ServiceMetrics#EXPIRED} names. */
    public void expired(String change, int files) {
        add(expired, change, files);
    }

    /** Adds all metrics; {@code jobs} are the numbers of jobs on this machine by state. */
    void write(MetricsWriter all, Map<String, Integer> jobs) {
        all.head(ServiceMetrics.REQUESTS);
        requests.forEach((labels, count) -> all.sample(ServiceMetrics.REQUESTS, labels, count.sum()));
        all.head(ServiceMetrics.REQUEST_SECONDS);
        routes.forEach((route, times) -> {
            long[] counts = IntStream.range(0, times.counts.length)
                    .mapToLong(i -> times.counts[i].sum())
                    .toArray();
            all.histogram(ServiceMetrics.REQUEST_SECONDS, List.of(route), counts, times.seconds.sum());
        });
        all.value(ServiceMetrics.RECEIVED, received.sum());
        all.value(ServiceMetrics.SENT, sent.sum());
        all.value(ServiceMetrics.STREAMS, streams.get());
        all.head(ServiceMetrics.JOBS);
        new TreeMap<>(jobs).forEach((state, count) -> all.sample(ServiceMetrics.JOBS, List.of(state), count));
        all.head(ServiceMetrics.SWEEPS);
        sweeps.forEach((outcome, count) -> all.sample(ServiceMetrics.SWEEPS, List.of(outcome), count.sum()));
        all.head(ServiceMetrics.EXPIRED);
        expired.forEach((change, count) -> all.sample(ServiceMetrics.EXPIRED, List.of(change), count.sum()));
    }
}
