package io.filejob.service.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The generated description and page of the API are up to date; {@code make docs} writes them. */
final class ApiReferenceTest {
    private static final Path DESCRIPTION = Path.of("src/main/resources/META-INF/openapi.yaml");
    private static final Path PAGE = Path.of("../docs/reference/api.md");

    @Test
    void theDescriptionIsTheOneOfItsSources() throws IOException {
        check(DESCRIPTION, OpenApiDocument.read().yaml());
    }

    @Test
    void thePageIsTheOneOfTheDescription() throws IOException {
        check(PAGE, OpenApiDocument.read().page());
    }

    private static void check(Path file, String content) throws IOException {
        if (Boolean.getBoolean("filejob.docs.write")) {
            OpenApiDocument.write(file, content);
        }
        assertThat(Files.readString(file))
                .as("run make docs to update %s", file)
                .isEqualTo(content);
    }
}
