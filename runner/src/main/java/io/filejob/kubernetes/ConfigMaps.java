package io.filejob.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The ConfigMaps of one namespace. Safe to use from any thread; fails as {@link ApiServer} does. */
public final class ConfigMaps {
    private static final String WHOLE = "application/json";
    private static final String METADATA = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    private static final String METADATA_LIST = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    private static final int PAGE = 500;
    /**
     * Maximum number of attempts of one write; another attempt is needed only if another client creates or deletes the
     * object in between.
     */
    private static final int WRITES = 5;

    private final ApiServer server;
    private final String path;
    /** Names of ConfigMaps that are believed to exist: they are replaced, all others are created. */
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** Creates access to the ConfigMaps of {@code namespace}. */
    public ConfigMaps(ApiServer server, String namespace) {
        this.server = server;
        this.path = "/api/v1/namespaces/" + namespace + "/configmaps";
    }

    /** Returns the ConfigMap, if it exists. */
    public Optional<JsonNode> get(String name) {
        return one(name, WHOLE);
    }

    /** Returns its {@code metadata}, without its contents; the response may be slightly out of date. */
    public Optional<JsonNode> metadata(String name) {
        return one(name + "?resourceVersion=0", METADATA).map(object -> object.path("metadata"));
    }

    private Optional<JsonNode> one(String name, String accept) {
        ApiServer.Answer answer = server.send(new ApiServer.Request("GET", path + "/" + name, accept, null));
        if (answer.status() == 404) {
            return Optional.empty();
        }
        return Optional.of(successful(answer, "read ConfigMap " + name).json());
    }

    /** Returns the {@code metadata} of all ConfigMaps with these labels, without their contents. */
    public List<JsonNode> list(String labelSelector) {
        List<JsonNode> all = new ArrayList<>();
        String query = "?limit=" + PAGE + "&labelSelector=" + encoded(labelSelector);
        String next = "";
        do {
            ApiServer.Answer answer =
                    server.send(new ApiServer.Request("GET", path + query + next, METADATA_LIST, null));
            if (answer.status() == 410) {
                // The list expired between two pages, so it is read again from the beginning.
                all.clear();
                next = "";
                continue;
            }
            JsonNode page = successful(answer, "list ConfigMaps").json();
            page.path("items").forEach(item -> all.add(item.path("metadata")));
            String mark = page.path("metadata").path("continue").asText();
            if (mark.isEmpty()) {
                return all;
            }
            next = "&continue=" + encoded(mark);
        } while (true);
    }

    /**
     * Creates or replaces the ConfigMap, which exists when this returns true. Returns false if the server finds it too
     * large.
     */
    public boolean write(String name, JsonNode configMap) {
        for (int i = 0; i < WRITES; i++) {
            ApiServer.Answer answer = server.send(
                    known.contains(name)
                            ? new ApiServer.Request("PUT", path + "/" + name, WHOLE, configMap)
                            : new ApiServer.Request("POST", path, WHOLE, configMap));
            switch (answer.status()) {
                // It already exists, for example because the response to an earlier request was lost.
                case 409 -> known.add(name);
                case 404 -> {
                    if (!known.remove(name)) {
                        successful(answer, "make ConfigMap " + name);
                    }
                }
                case 413 -> {
                    return false;
                }
                default -> {
                    successful(answer, "write ConfigMap " + name);
                    known.add(name);
                    return true;
                }
            }
        }
        throw new JobFailedException(
                ExitCode.STORE_LOST,
                "ConfigMap " + name + " is deleted again and again: find the client that deletes it");
    }

    /**
     * Creates the ConfigMap unless one of that name exists, regardless of its creator. Returns false if the server
     * finds it too large; otherwise the ConfigMap exists.
     */
    public boolean create(String name, JsonNode configMap) {
        ApiServer.Answer answer = server.send(new ApiServer.Request("POST", path, WHOLE, configMap));
        if (answer.status() == 413) {
            return false;
        }
        if (answer.status() != 409) {
            successful(answer, "make ConfigMap " + name);
        }
        return true;
    }

    private static ApiServer.Answer successful(ApiServer.Answer answer, String what) {
        if (!answer.isSuccess()) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST, "the API server cannot " + what + ": " + answer.message());
        }
        return answer;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
