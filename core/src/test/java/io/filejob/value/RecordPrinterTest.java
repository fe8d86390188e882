package io.filejob.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.filejob.api.FileJob;
import io.filejob.api.FileJobSpec;
import io.filejob.spec.CsvFormat;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records are printed as Jackson prints them. */
final class RecordPrinterTest {
    private static final JsonMapper JACKSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final JsonMapper PRINTER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .serializerFactory(RecordPrinter.factory())
            .build();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    /** So many records of each type that each value occurs. */
    private static final int SAMPLES = 200;

    @JsonPropertyOrder({"text", "number", "flag", "exact", "tree", "list", "map", "inner"})
    record Plain(
            @Nullable String text,
            @Nullable Integer number,
            @Nullable Boolean flag,
            @Nullable BigDecimal exact,
            @Nullable JsonNode tree,
            @Nullable List<@Nullable Plain> list,
            @Nullable Map<String, @Nullable Long> map,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Inner inner) {}

    @JsonPropertyOrder({"first", "second"})
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Inner(
            @Nullable String first,
            List<String> second,
            @JsonAnyGetter Map<String, JsonNode> others) {}

    @JsonPropertyOrder({"second", "first"})
    record Reordered(String first, String second) {}

    @JsonPropertyOrder({"first"})
    record Ignoring(String first, @JsonIgnore String second) {}

    @JsonPropertyOrder({"one", "second"})
    record Renamed(@JsonProperty("one") String first, String second) {}

    @JsonPropertyOrder({"first", "second"})
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Listed(String first, String second) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
    interface Typed {}

    @JsonPropertyOrder({"first", "second"})
    record Wrapped(String first, String second) implements Typed {}

    static Stream<Path> manifests() throws IOException {
        try (Stream<Path> accepted = Files.list(Path.of("src/test/resources/manifests/accepted"));
                Stream<Path> examples = Files.list(Path.of("../k8s-examples"))) {
            return Stream.concat(accepted, examples)
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static void checkPrinted(Object value) throws JsonProcessingException {
        assertThat(PRINTER.writeValueAsString(value)).isEqualTo(JACKSON.writeValueAsString(value));
        assertThat(PRINTER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value))
                .isEqualTo(JACKSON.writer()
                        .without(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(value));
        assertThat(PRINTER.<JsonNode>valueToTree(value)).isEqualTo(JACKSON.valueToTree(value));
        assertThat(PRINTER.convertValue(value, Object.class)).isEqualTo(JACKSON.convertValue(value, Object.class));
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void manifestsArePrintedAsByJackson(Path manifest) throws IOException {
        ObjectNode tree = (ObjectNode) YAML.readTree(Files.readString(manifest));
        tree.remove("status");
        FileJob job = JACKSON.treeToValue(tree, FileJob.class);
        checkPrinted(job);
        checkPrinted(List.of(2, job.spec().resultDefiningPart()));
    }

    /** All records that are printed as objects. */
    static Stream<Class<?>> records() {
        return SampleRecords.types().stream()
                .filter(type -> type.isAnnotationPresent(JsonPropertyOrder.class))
                .filter(type -> !type.isAnnotationPresent(JsonFormat.class)
                        || type.getAnnotation(JsonFormat.class).shape() != JsonFormat.Shape.ARRAY);
    }

    @ParameterizedTest
    @MethodSource("records")
    void allRecordsArePrintedAsByJackson(Class<?> type) throws JsonProcessingException {
        List<Object> samples = IntStream.range(0, SAMPLES)
                .mapToObj(seed -> new SampleRecords(seed).record(type))
                .flatMap(Optional::stream)
                .toList();
        assertThat(samples).isNotEmpty();
        for (Object sample : samples) {
            checkPrinted(sample);
        }
    }

    @Test
    void theRecordsOfManifestsAreAmongThem() {
        assertThat(records()).hasSizeGreaterThan(40).contains(FileJob.class, FileJobSpec.class, CsvFormat.class);
    }

    @Test
    void valuesArePrintedAsByJackson() throws JsonProcessingException {
        JsonNode tree = JsonNodeFactory.instance.objectNode().put("exact", new BigDecimal("1.50"));
        Plain empty = new Plain(null, null, null, null, null, null, null, null);
        checkPrinted(empty);
        checkPrinted(new Plain(
                "",
                0,
                false,
                new BigDecimal("1e3"),
                JsonNodeFactory.instance.nullNode(),
                List.of(),
                Map.of(),
                new Inner(null, List.of(), Map.of())));
        checkPrinted(new Plain(
                "ä \"\n",
                -1,
                true,
                new BigDecimal("1.50"),
                tree,
                Collections.singletonList(null),
                Collections.singletonMap("none", null),
                new Inner("", List.of(""), Map.of("other", tree))));
        checkPrinted(Map.of("name", List.of(empty, new Inner("a", List.of("b"), Map.of()))));
    }

    @Test
    void recordsThatAreNotPlainArePrintedByJackson() throws JsonProcessingException {
        checkPrinted(new Reordered("a", "b"));
        checkPrinted(new Ignoring("a", "b"));
        checkPrinted(new Renamed("a", "b"));
        checkPrinted(new Listed("a", "b"));
        checkPrinted(new Wrapped("a", "b"));
    }

    @Test
    void aRecordThatRefusesToShowAValueIsAFault() {
        assertThatThrownBy(() -> PRINTER.writeValueAsString(new Secretive("a")))
                .hasRootCauseMessage("the value is secret");
    }

    @JsonPropertyOrder("value")
    record Secretive(String value) {
        @Override
        public String value() {
            throw new IllegalStateException("the value is secret");
        }
    }
}
