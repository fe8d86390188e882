package io.filejob.operator.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The objects that a case describes, as an API server returns them. Requests for a change are recorded, and get the
 * response of a server that accepts them; the objects stay as they are.
 */
final class ObservedCluster implements AutoCloseable {
    /**
     * A request for a change.
     *
     * @param verb the request's method
     * @param plural the type of the object, for example {@code jobs}
     * @param name the name of the object; empty if it is created, or if several are deleted
     * @param query the selector of the objects if several are deleted
     * @param isOfStatus whether it concerns the status alone
     * @param body the object, the patch, or the options of the deletion
     */
    record Change(String verb, String plural, String name, String query, boolean isOfStatus, JsonNode body) {}

    private static final Pattern PATH = Pattern.compile(
            "/(api|apis/[^/]+)/[^/]+(/namespaces/[^/]+)?" + "/(?<plural>[^/]+)(/(?<name>[^/]+)(?<status>/status)?)?");

    /** The change of an object by each write. */
    private static final JsonNode WRITTEN =
            Serialization.unmarshal("{\"metadata\": {\"resourceVersion\": \"100\"}}", JsonNode.class);

    private final HttpServer server;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Change> changes = new CopyOnWriteArrayList<>();
    private volatile List<ObjectNode> objects = List.of();
    /** Released when watches end; nothing ever changes. */
    private volatile CountDownLatch watched = new CountDownLatch(1);

    ObservedCluster() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        server.createContext("/", this::respond);
        server.setExecutor(requests);
        server.start();
    }

    Config config() {
        return new ConfigBuilder()
                .withAutoConfigure(false)
                .withMasterUrl("http://localhost:" + server.getAddress().getPort())
                .withRequestRetryBackoffLimit(0)
                .withOnlyHttpWatches(true)
                .build();
    }

    /** Replaces all objects, and forgets the requests. */
    void contains(List<ObjectNode> now) {
        watched.countDown();
        watched = new CountDownLatch(1);
        objects = List.copyOf(now);
        changes.clear();
    }

    List<ObjectNode> objects(String kind) {
        return objects.stream()
                .filter(each -> each.path("kind").asText().equals(kind))
                .toList();
    }

    List<Change> changes() {
        return List.copyOf(changes);
    }

    private void respond(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String query = Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), "");
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            if (query.contains("watch=true")) {
                exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, 0);
                exchange.getResponseBody().flush();
                watched.await();
                return;
            }
            Optional<JsonNode> response = response(
                    exchange.getRequestMethod(), exchange.getRequestURI().getPath(), query, body);
            byte[] bytes = response.map(JsonNode::toString).orElse("{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    response.isPresent() ? HttpURLConnection.HTTP_OK : HttpURLConnection.HTTP_NOT_FOUND, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<JsonNode> response(String verb, String uri, String query, String text) {
        Matcher path = PATH.matcher(uri);
        if (!path.matches()) {
            return Optional.empty();
        }
        String plural = path.group("plural");
        String name = Objects.requireNonNullElse(path.group("name"), "");
        JsonNode body = text.isEmpty() ? NullNode.instance : Serialization.unmarshal(text, JsonNode.class);
        if (!verb.equals("GET")) {
            changes.add(new Change(verb, plural, name, query, path.group("status") != null, body));
        }
        return switch (verb) {
            case "GET" -> name.isEmpty() ? Optional.of(list(plural, query)) : find(plural, name);
            case "PATCH" -> find(plural, name).map(object -> merge(object, body));
            case "DELETE" -> name.isEmpty() ? Optional.of(list(plural, query)) : find(plural, name);
            default -> Optional.of(merge(body, WRITTEN));
        };
    }

    /** Returns the result of a merge patch (RFC 7396). */
    private static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode fields)) {
            return patch;
        }
        ObjectNode merged = target instanceof ObjectNode object ? object.deepCopy() : fields.objectNode();
        fields.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                merged.remove(field.getKey());
            } else {
                merged.set(field.getKey(), merge(merged.path(field.getKey()), field.getValue()));
            }
        });
        return merged;
    }

    private Stream<ObjectNode> of(String plural) {
        return objects.stream()
                .filter(each -> (each.path("kind").asText().toLowerCase(Locale.ROOT) + "s").equals(plural));
    }

    private Optional<JsonNode> find(String plural, String name) {
        return of(plural)
                .filter(each -> each.at("/metadata/name").asText().equals(name))
                .map(JsonNode.class::cast)
                .findFirst();
    }

    private JsonNode list(String plural, String query) {
        List<ObjectNode> items =
                of(plural).filter(each -> Selector.of(query).test(each)).toList();
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("apiVersion", "v1").put("kind", "List").putArray("items").addAll(items);
        list.putObject("metadata").put("resourceVersion", "1");
        return list;
    }

    @Override
    public void close() {
        watched.countDown();
        server.stop(0);
        requests.close();
    }
}
