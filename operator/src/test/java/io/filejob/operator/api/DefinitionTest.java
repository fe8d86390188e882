package io.filejob.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class DefinitionTest {
    /** Set by {@code make crds}: the files are written, not compared. */
    private static final String WRITE = "filejob.crds.write";

    static final Path FILE = Path.of("../crds/filejobs.filejob.io-v1.yml");

    private static final Path SCHEMA = Path.of("../crds/filejob.schema.json");

    @Test
    void theDefinitionIsThatOfTheRecords() throws IOException {
        check(FILE, Definition.yaml());
    }

    @Test
    void theSchemaOfManifestsIsThatOfTheRecords() throws IOException {
        check(SCHEMA, ManifestSchema.json());
    }

    @Test
    void noMessageOfARuleHasARegularExpression() throws IOException {
        for (String member : new String[] {"message", "messageExpression"}) {
            // An expression may match a value; only its other texts are printed.
            assertThat(new YAMLMapper()
                            .readTree(FILE.toFile()).findValuesAsText(member).stream()
                                    .map(message -> message.replaceAll("[.]matches\\('[^']*'\\)", "")))
                    .isNotEmpty()
                    .noneMatch(
                            message -> message.contains("[a-z") || message.contains("[A-Z") || message.contains("]*"));
        }
    }

    private static void check(Path file, String content) throws IOException {
        if (Boolean.getBoolean(WRITE)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        }
        assertThat(file)
                .as("the records have changed: `make crds` writes the file again")
                .hasContent(content);
    }
}
