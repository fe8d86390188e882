package io.filejob.service.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import io.filejob.api.FileJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes the description of the API from the one that people edit: the operations on jobs are repeated for namespaces, and
 * the schema of a FileJob is the one of the custom resource definition.
 */
final class OpenApiDocument {
    private static final Path SOURCE = Path.of("src/main/openapi/openapi.yaml");
    private static final Path DEFINITION = Path.of("../crds/filejobs.filejob.io-v1.yml");
    private static final String JOBS = "/api/v1/jobs";
    private static final String JOBS_OF_NAMESPACE = "/api/v1/namespaces/{namespace}/jobs";
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .stringQuotingChecker(new QuotedTexts())
            .build());

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode document;

    /** Puts {@code =} into quotes, too: plain, it is a value of a type of its own in YAML 1.1. */
    private static final class QuotedTexts extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean needToQuoteValue(String value) {
            return value.equals("=") || super.needToQuoteValue(value);
        }
    }

    private OpenApiDocument(ObjectNode document) {
        this.document = document;
    }

    static OpenApiDocument read() throws IOException {
        ObjectNode document = (ObjectNode) YAML.readTree(SOURCE.toFile());
        ObjectNode paths = document.withObject("/paths");
        for (Map.Entry<String, JsonNode> path : List.copyOf(paths.properties())) {
            if (path.getKey().startsWith(JOBS)) {
                paths.set(
                        JOBS_OF_NAMESPACE + path.getKey().substring(JOBS.length()),
                        ofNamespace(path.getValue().deepCopy()));
            }
        }
        JsonNode schema = YAML.readTree(DEFINITION.toFile()).at("/spec/versions/0/schema/openAPIV3Schema");
        ObjectNode job = document.withObject("/components/schemas/FileJob");
        ObjectNode defined = (ObjectNode) plain(schema.deepCopy());
        job.withObject("/properties").setAll((ObjectNode) defined.get("properties"));
        job.withArray("/required").addAll((ArrayNode) defined.get("required"));
        return new OpenApiDocument(document);
    }

    private static JsonNode ofNamespace(JsonNode path) {
        for (Map.Entry<String, JsonNode> entry : path.properties()) {
            ObjectNode operation = (ObjectNode) entry.getValue();
            operation.put("operationId", operation.get("operationId").asText() + "InNamespace");
            ArrayNode parameters = operation.withArray("/parameters");
            parameters.insertObject(0).put("$ref", "#/components/parameters/namespace");
        }
        return path;
    }

    /** Removes the members that only API servers understand. */
    private static JsonNode plain(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            names.stream().filter(name -> name.startsWith("x-kubernetes-")).forEach(object::remove);
        }
        schema.forEach(OpenApiDocument::plain);
        return schema;
    }

    /** Returns the JSON schema of a manifest, by which editors suggest fields: without the status, which people do not write. */
    String manifestSchema() throws IOException {
        ObjectNode schema = document.at("/components/schemas/FileJob").deepCopy();
        ObjectNode fields = schema.withObject("/properties");
        fields.remove("status");
        fields.putObject("apiVersion").put("type", "string").putArray("enum").add(FileJob.API_VERSION);
        fields.putObject("kind").put("type", "string").putArray("enum").add(FileJob.KIND);
        ObjectNode metadata = fields.putObject("metadata").put("type", "object").putObject("properties");
        metadata.putObject("name").put("type", "string").put("description", "The name, a DNS label.");
        metadata.putObject("namespace").put("type", "string").put("description", "The namespace, in a cluster.");
        metadata.putObject("labels").put("type", "object").put("description", "Labels for selections.");
        ObjectNode whole = JSON.createObjectNode();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema").put("title", FileJob.KIND);
        whole.setAll(schema);
        return JSON.writeValueAsString(whole) + "\n";
    }

    String yaml() throws IOException {
        return "# Generated by `make docs` from src/main/openapi/openapi.yaml and crds/: edit these.\n"
                + YAML.writeValueAsString(document);
    }

    /** Returns the operations, for example {@code GET /api/v1/jobs}. */
    List<String> operations() {
        List<String> operations = new ArrayList<>();
        document.get("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    /** Returns the page for people. */
    String page() {
        StringBuilder page = new StringBuilder("""
                <!-- Generated by `make docs` from service/src/main/openapi/openapi.yaml: edit this. -->
                # API of the service

                All paths need a token, as `Authorization: Bearer TOKEN`. Responses are JSON, and errors are problems (RFC 9457,
                `application/problem+json`) with a `detail` and, for manifests, forms and files, all `errors`. The service describes
                its API in `/q/openapi` (OpenAPI 3.1), and has a page to try it at `/api/docs`. The paths below `/api/v1/jobs` also
                exist below `/api/v1/namespaces/NAMESPACE/jobs`.
                """);
        for (JsonNode tag : document.get("tags")) {
            page.append("\n## ").append(tag.get("name").asText()).append("\n");
            document.get("paths").properties().stream()
                    .filter(path -> !path.getKey().contains("{namespace}"))
                    .forEach(path -> path.getValue()
                            .properties()
                            .forEach(operation -> operation(
                                    page,
                                    tag.get("name").asText(),
                                    operation.getKey() + " " + path.getKey(),
                                    operation.getValue())));
        }
        return page.toString();
    }

    private void operation(StringBuilder page, String tag, String title, JsonNode operation) {
        if (!operation.at("/tags/0").asText().equals(tag)) {
            return;
        }
        int blank = title.indexOf(' ');
        page.append("\n### `")
                .append(title.substring(0, blank).toUpperCase(Locale.ROOT))
                .append(title.substring(blank))
                .append("`\n\n")
                .append(operation.get("description").asText())
                .append("\n");
        if (operation.has("parameters")) {
            page.append("\n| parameter | in | |\n|---|---|---|\n");
            operation.get("parameters").forEach(given -> {
                JsonNode parameter = resolved(given);
                page.append("| `").append(parameter.get("name").asText()).append("` | ");
                page.append(parameter.get("in").asText()).append(" | ");
                page.append(parameter.get("description").asText().replace("|", "\\|"))
                        .append(" |\n");
            });
        }
        page.append("\n| status | |\n|---|---|\n");
        operation.get("responses").properties().forEach(response -> page.append("| ")
                .append(response.getKey())
                .append(" | ")
                .append(resolved(response.getValue()).get("description").asText())
                .append(" |\n"));
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
