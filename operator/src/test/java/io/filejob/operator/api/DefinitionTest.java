package io.filejob.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class DefinitionTest {
    /** Set by {@code make crds}: the definition is written, not compared. */
    private static final String WRITE = "filejob.crds.write";

    static final Path FILE = Path.of("../crds/filejobs.filejob.io-v1.yml");

    @Test
    void theDefinitionIsThatOfTheRecords() throws IOException {
        if (Boolean.getBoolean(WRITE)) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, Definition.yaml());
        }
        assertThat(FILE)
                .as("the records have changed: `make crds` makes it anew")
                .hasContent(Definition.yaml());
    }
}
