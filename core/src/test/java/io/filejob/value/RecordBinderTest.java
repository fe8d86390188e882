package io.filejob.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.filejob.api.FileJob;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees are bound to records as Jackson binds them. */
final class RecordBinderTest {
    private static final ObjectMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final RecordBinder BINDER = new RecordBinder(JACKSON);

    /** The names of its constants differ from those in trees. */
    enum Sort {
        @JsonProperty("up")
        UPWARDS,
        @JsonProperty("down")
        DOWNWARDS
    }

    record Inner(
            @Nullable String text, int number, @Nullable Boolean flag) {}

    record Outer(
            @Nullable String text,
            @Nullable Integer small,
            @Nullable Long large,
            @Nullable BigDecimal exact,
            @Nullable Sort sort,
            @Nullable ByteSize size,
            @Nullable JsonNode any,
            @Nullable Inner inner,
            @Nullable List<Inner> inners,
            @Nullable Map<String, List<String>> lists,
            @JsonAnySetter @Nullable Map<String, JsonNode> others) {
        Outer {
            others = others == null ? Map.of() : others;
        }
    }

    record Plain(@Nullable String text) {
        Plain {
            if ("refused".equals(text)) {
                throw new IllegalArgumentException("the text is refused");
            }
        }
    }

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

    @ParameterizedTest
    @MethodSource("manifests")
    void manifestsAreBoundAsByJackson(Path manifest) throws IOException {
        ObjectNode tree = (ObjectNode) YAML.readTree(Files.readString(manifest));
        tree.remove("status");
        assertThat(tree.path("kind").asText()).isEqualTo(FileJob.KIND);
        assertThat(BINDER.bind(tree, FileJob.class)).isEqualTo(JACKSON.treeToValue(tree, FileJob.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{text: a, small: 1, large: 2, exact: 1.50, sort: down, size: 64Ki, any: [1, {a: null}]}",
                "{text: null, small: null, any: null, inner: null, inners: null, lists: null}",
                "{text: 12, small: '3', large: '4', exact: '1.5', size: 1024}",
                "{text: true, any: 1.25}",
                "{inner: {}, inners: [], lists: {}}",
                "{inner: {number: 7, flag: false}, inners: [{text: a}, null, {number: 1, flag: true}]}",
                "{lists: {a: [x, y], b: [], c: null, d: [null, 5]}}",
                "{first: 1, text: b, second: {third: [3]}}"
            })
    void valuesAreBoundAsByJackson(String yaml) throws IOException {
        JsonNode tree = YAML.readTree(yaml);
        assertThat(BINDER.bind(tree, Outer.class)).isEqualTo(JACKSON.treeToValue(tree, Outer.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{small: 1.5e300}",
                "{small: 99999999999}",
                "{large: a}",
                "{sort: sideways}",
                "{size: -1}",
                "{inner: [1]}",
                "{inner: {unknown: 1}}",
                "{inners: {a: 1}}",
                "{lists: [1]}",
                "{text: {a: 1}}",
                "[1]"
            })
    void whatJacksonRefusesIsRefused(String yaml) throws IOException {
        JsonNode tree = YAML.readTree(yaml);
        assertThatThrownBy(() -> JACKSON.treeToValue(tree, Outer.class)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> BINDER.bind(tree, Outer.class)).isInstanceOf(IOException.class);
    }

    @Test
    void aTreeThatIsChangedLaterDoesNotChangeTheRecord() throws IOException {
        JsonNode tree = YAML.readTree("{any: {a: 1}, other: {b: 2}}");
        Outer outer = BINDER.bind(tree, Outer.class);
        tree.withObject("/any").put("a", 3);
        tree.withObject("/other").put("b", 4);
        assertThat(outer.any()).hasToString("{\"a\":1}");
        assertThat(outer.others()).hasToString("{other={\"b\":2}}");
    }

    @Test
    void aRecordThatRefusesItsValuesIsAFaultOfTheCaller() {
        assertThatThrownBy(() -> BINDER.bind(JACKSON.readTree("{\"text\": \"refused\"}"), Plain.class))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("the text is refused");
    }
}
