package io.filejob.operator;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.filejob.metrics.OperatorMetrics;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Counts the requests to the API server. Safe to use from any thread. */
@ApplicationScoped
public class ApiMeters implements Interceptor {
    /** The name of this interceptor in clients. */
    public static final String NAME = "meters";

    private static final String OTHER = "other";
    private static final Set<String> RESOURCES =
            Set.of("filejobs", "configmaps", "jobs", "pods", "events", "leases", "namespaces", "workloads");

    private final Counter requests;

    /** Creates meters in {@code registry}. */
    public ApiMeters(CollectorRegistry registry) {
        requests = Counter.build(OperatorMetrics.API.name(), OperatorMetrics.API.help())
                .labelNames(OperatorMetrics.API.labels().toArray(String[]::new))
                .register(registry);
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        count(request, response.code());
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        count(request, 0);
    }

    private void count(HttpRequest request, int status) {
        requests.labels(request.method().toUpperCase(Locale.ROOT), resource(request), Integer.toString(status))
                .inc();
    }

    private static String resource(HttpRequest request) {
        List<String> path = Arrays.stream(request.uri().getPath().split("/", -1))
                .filter(part -> !part.isEmpty())
                .toList();
        // "api/v1" or "apis/GROUP/VERSION"
        List<String> rest = path.subList(Math.min(path.size(), path.contains("apis") ? 3 : 2), path.size());
        boolean isNamespaced = rest.size() > 2 && rest.getFirst().equals("namespaces");
        String resource = rest.isEmpty() ? "" : rest.get(isNamespaced ? 2 : 0);
        return RESOURCES.contains(resource) ? resource : OTHER;
    }
}
