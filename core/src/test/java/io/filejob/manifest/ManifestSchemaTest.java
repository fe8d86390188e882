package io.filejob.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.filejob.api.FileJob;
import io.filejob.validation.CheckedTree;
import io.filejob.validation.Problem;
import io.filejob.validation.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the published JSON Schema with the checks of manifests, by a validator that editors could use. */
final class ManifestSchemaTest {
    private static final Path PUBLISHED = Path.of("../crds/filejob.schema.json");
    private static final Path EXAMPLES = Path.of("../k8s-examples");
    private static final String MODELINE = "# yaml-language-server: $schema=";
    private static final Pattern REGULAR_EXPRESSION =
            Pattern.compile("\\[a-z|\\[A-Z|\\[0-9|\\(\\?|\\]\\*|\\]\\+|\\\\p|\\\\x");
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Path> accepted() throws IOException {
        return Stream.concat(ManifestReaderTest.accepted(), examples());
    }

    static Stream<Path> refused() throws IOException {
        return ManifestReaderTest.refused();
    }

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource
    void accepted(Path manifest) throws IOException {
        assertThat(errors(schema(PUBLISHED), tree(manifest))).isEmpty();
    }

    /** A manifest with a wrong structure is invalid, and one that only breaks rules among fields is valid. */
    @ParameterizedTest
    @MethodSource
    void refused(Path manifest) throws IOException {
        JsonNode tree = tree(manifest);
        Problems problems = new Problems();
        SchemaCheck.check(tree, FileJob.class, problems);
        IdentityCheck.check(new CheckedTree(tree, problems));
        List<Problem> structure = problems.all().stream()
                .filter(problem -> !isLongInBytesOnly(problem))
                .toList();
        List<Error> errors = errors(schema(PUBLISHED), tree);
        assertThat(errors.isEmpty())
                .as("structure: %s, schema: %s", structure, errors)
                .isEqualTo(structure.isEmpty());
    }

    /** A pattern cannot count the bytes of a name that is not ASCII. */
    private static boolean isLongInBytesOnly(Problem problem) {
        return problem.message().contains("63 bytes")
                && problem.message().chars().anyMatch(character -> character > '~');
    }

    @ParameterizedTest
    @MethodSource
    void examples(Path example) throws IOException {
        String first = Files.readString(example).lines().findFirst().orElse("");
        assertThat(first).startsWith(MODELINE);
        Path schema = EXAMPLES.resolve(first.substring(MODELINE.length()));
        assertThat(errors(schema(schema), tree(example))).isEmpty();
    }

    /** Editors show the message instead of the pattern. */
    @Test
    void everyPatternIsExplainedInWords() throws IOException {
        List<JsonNode> patterns = JSON.readTree(PUBLISHED.toFile()).findParents("pattern");
        assertThat(patterns).hasSizeGreaterThan(40).allSatisfy(schema -> {
            String words = schema.path("patternErrorMessage").asText();
            assertThat(words).startsWith("The text ").contains(": ");
            assertThat(REGULAR_EXPRESSION.matcher(words).find()).as(words).isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("refused")
    void noMessageHasARegularExpression(Path manifest) throws IOException {
        assertThat(Files.readString(manifest).lines().filter(line -> line.startsWith("# refused: ")))
                .noneMatch(line -> REGULAR_EXPRESSION.matcher(line).find());
    }

    private static JsonNode tree(Path manifest) throws IOException {
        return new YAMLMapper().readTree(manifest.toFile());
    }

    private static Schema schema(Path file) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(Files.readString(file), InputFormat.JSON);
    }

    private static List<Error> errors(Schema schema, JsonNode manifest) throws IOException {
        return schema.validate(JSON.writeValueAsString(manifest), InputFormat.JSON);
    }
}
