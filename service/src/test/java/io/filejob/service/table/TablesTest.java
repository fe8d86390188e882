package io.filejob.service.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.service.LocalService;
import io.filejob.service.ServiceClient;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TestDatabase;
import io.filejob.value.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(LocalService.class)
class TablesTest {
    @TestHTTPResource("/")
    URI service;

    @ConfigProperty(name = "filejob.service.local.data")
    Path data;

    @TempDir
    Path folder;

    @Test
    void rowsAndAggregatesOfAnIngestHavePages() throws IOException {
        ServiceClient client = new ServiceClient(service);
        TestDatabase database = PostgresServer.shared().database();
        String secret = load(client, database);

        JsonNode tables = json(client.send("GET", "/api/v1/tables")).path("items");
        assertThat(tables.findValuesAsText("table")).contains("products", "products_by_name");
        assertThat(tables.toString()).doesNotContain(secret);

        List<String> skus = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = json(client.send("GET", "/api/v1/tables/products/rows?limit=70" + next));
            assertThat(page.path("count").asLong()).isEqualTo(200);
            assertThat(page.path("countIsExact").asBoolean()).isTrue();
            page.path("rows").forEach(row -> skus.add(row.path(0).asText()));
            next = page.path("next").isNull()
                    ? ""
                    : "&after=" + page.path("next").asText();
        } while (!next.isEmpty());
        assertThat(skus)
                .isEqualTo(IntStream.range(0, 200).mapToObj(TablesTest::sku).toList());

        JsonNode found = json(client.send("GET", "/api/v1/tables/products/rows?prefix=p-1&limit=500"));
        assertThat(found.path("rows")).hasSize(100);
        JsonNode counts =
                json(client.send("GET", "/api/v1/tables/products_by_name/rows?order=-no_of_products&limit=1"));
        // The keys of rows with the same number are in descending order, too.
        assertThat(counts.path("rows").toString()).isEqualTo("[[\"name 9\",\"20\"]]");

        // Tables of the database that no job has loaded are out of reach.
        assertThat(client.send("GET", "/api/v1/tables/pg_catalog.pg_authid/rows")
                        .statusCode())
                .isEqualTo(404);
        assertThat(client.send("GET", "/api/v1/tables/products/rows?order=passwd")
                        .statusCode())
                .isEqualTo(422);
        assertThat(client.send("GET", "/api/v1/tables/products/rows?after=x").statusCode())
                .isEqualTo(400);
        assertThat(client.send("GET", "/api/v1/tables/products/rows?limit=0").statusCode())
                .isEqualTo(400);
    }

    private String load(ServiceClient client, TestDatabase database) throws IOException {
        Files.createDirectories(data.resolve("secrets"));
        Path secret = database.secret(data.resolve("secrets").resolve("products-db"));
        Path csv = Files.writeString(
                folder.resolve("products.csv"),
                IntStream.range(0, 200)
                        .mapToObj(i -> sku(i) + ",name " + i / 20 + ",\"a \"\"good\"\" one\"")
                        .collect(Collectors.joining("\n", "sku,name,description\n", "\n")));
        HttpResponse<String> created = client.send(
                "POST",
                "/api/v1/jobs",
                manifest(csv, String.valueOf(secret.getFileName())),
                "Content-Type",
                "application/json");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(202);
        String location = created.headers().firstValue("Location").orElseThrow();
        await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> json(client.send("GET", location))
                                .at("/status/phase")
                                .asText(),
                        phase -> {
                            assertThat(phase).isNotEqualTo("Failed");
                            return phase.equals("Complete");
                        });
        return secret.getFileName().toString();
    }

    private static String manifest(Path csv, String secret) {
        return """
                {"apiVersion": "filejob.io/v1alpha1", "kind": "FileJob", "metadata": {"name": "products"}, "spec": {
                  "workers": 2,
                  "input": {"files": ["%s"]},
                  "operation": {"ingest": {
                    "database": {"secret": {"name": "%s"}}, "table": "products", "keys": ["sku"], "createTable": true,
                    "aggregates": [{"table": "products_by_name", "groupBy": ["name"],
                                    "measures": [{"function": "count", "as": "no_of_products"}]}]}}}}
                """.formatted(csv.toUri(), secret);
    }

    private static String sku(int i) {
        return String.format(Locale.ROOT, "p-%03d", i);
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.parse(response.body()).orElseThrow();
    }
}
