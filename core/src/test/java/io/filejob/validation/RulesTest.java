package io.filejob.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.generator.annotation.Default;
import io.filejob.api.FileJobSpec;
import io.filejob.value.ByteSize;
import io.filejob.value.Json;
import java.io.IOException;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All rules between the fields of a spec, and all defaults. */
final class RulesTest {
    private static final Path REFUSED = Path.of("src/test/resources/manifests/refused");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The same manifests are refused by the API server, which proves that CEL and predicate agree. */
    @Test
    void eachRuleRefusesAManifest() throws IOException {
        List<String> problems = new ArrayList<>();
        try (Stream<Path> manifests = Files.list(REFUSED)) {
            for (Path manifest : manifests.toList()) {
                Files.readString(manifest)
                        .lines()
                        .filter(line -> line.startsWith("# refused: "))
                        .forEach(line -> problems.add(line.substring("# refused: ".length())));
            }
        }
        assertThat(PlacedRule.all()).hasSizeGreaterThan(70);
        assertThat(PlacedRule.all().stream()
                        .filter(rule -> problems.stream().noneMatch(rule::hasReported))
                        .map(PlacedRule::toString))
                .as("rules that refuse none of the manifests")
                .isEmpty();
    }

    @Test
    void eachFieldThatARuleReadsExists() {
        assertThat(PlacedRule.all()).allSatisfy(placed -> {
            RuleReads reads = placed.rule().reads();
            assertThat(reads.fields()).allSatisfy(read -> assertThat(type(
                            placed.type(),
                            Stream.concat(read.path().stream(), read.member().stream())
                                    .toList()))
                    .as("%s of %s", read, placed)
                    .isPresent());
            List<String> elements = placed.rule().field().contains(".")
                    ? List.of()
                    : List.of(placed.rule().field());
            assertThat(reads.ofElement()).allSatisfy(read -> assertThat(type(
                            placed.type(),
                            Stream.concat(elements.stream(), read.path().stream())
                                    .toList()))
                    .as("%s of an element of %s", read, placed)
                    .isPresent());
        });
    }

    /** Returns the type of a field, where a list stands for its elements. */
    private static Optional<Class<?>> type(Class<?> record, List<String> path) {
        Class<?> type = record;
        for (String name : path) {
            Optional<RecordComponent> component = Optional.ofNullable(type.getRecordComponents()).stream()
                    .flatMap(Arrays::stream)
                    .filter(each -> each.getName().equals(name))
                    .findFirst();
            if (component.isEmpty()) {
                return Optional.empty();
            }
            type = elementType(component.get());
        }
        return Optional.of(type);
    }

    private static Class<?> elementType(RecordComponent component) {
        AnnotatedType type = component.getAnnotatedType();
        return type instanceof AnnotatedParameterizedType container
                        && container.getAnnotatedActualTypeArguments()[0].getType() instanceof Class<?> element
                ? element
                : component.getType();
    }

    @Test
    void eachRecordHasTheDefaultsOfTheSchema() throws ReflectiveOperationException, IOException {
        List<Class<?>> records = new ArrayList<>(List.of(FileJobSpec.class));
        int defaults = 0;
        for (int i = 0; i < records.size(); i++) {
            Class<?> type = records.get(i);
            Object empty = Json.bind(new ReadableCopy(new Problems()).of(Json.object(), type, ""), type);
            for (RecordComponent component : type.getRecordComponents()) {
                Class<?> value = elementType(component);
                if (value.isRecord() && value != ByteSize.class && !records.contains(value)) {
                    records.add(value);
                }
                Default inSchema = type.getDeclaredField(component.getName()).getAnnotation(Default.class);
                if (inSchema != null) {
                    defaults++;
                    JsonNode ofRecord = JSON.valueToTree(component.getAccessor().invoke(empty));
                    assertThat(ofRecord.asText())
                            .as("%s of %s", component, type)
                            .isEqualTo(inSchema.value().replaceAll("^'(.*)'$", "$1"));
                }
            }
        }
        assertThat(defaults).isGreaterThan(15);
    }

    /** A default that is also a literal elsewhere could be changed in one place only. */
    @Test
    void theSchemaTakesItsDefaultsFromConstants() throws IOException {
        Pattern literal = Pattern.compile("@Default\\((?!(\"\" \\+ |\"'\" \\+ )?\\w+\\.DEFAULT_\\w+)[^)]*\\)");
        List<String> literals = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                literal.matcher(Files.readString(source))
                        .results()
                        .forEach(found -> literals.add(source + ": " + found.group()));
            }
        }
        assertThat(literals).isEmpty();
    }
}
