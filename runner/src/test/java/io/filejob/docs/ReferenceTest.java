package io.filejob.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.cli.CommandLineReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the generated pages with the schema, the enums and the commands that they describe. */
final class ReferenceTest {
    /** Set by {@code make docs}: the pages are written, not compared. */
    private static final String WRITE = "filejob.docs.write";

    /** A page and its generator. */
    record Generated(Path file, Supplier<String> text) {
        Generated(String name, Supplier<String> text) {
            this(MarkdownPage.ROOT.resolve("docs/reference").resolve(name), text);
        }

        @Override
        public String toString() {
            return String.valueOf(file.getFileName());
        }
    }

    static List<Generated> pages() {
        return List.of(
                new Generated("manifest.md", ManifestReference::text),
                new Generated("exit-codes.md", ExitCodeReference::text),
                new Generated("command-line.md", CommandLineReference::text),
                new Generated("metrics.md", MetricsReference::text));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theGeneratedPageIsCurrent(Generated page) throws IOException {
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(page.file(), page.text().get());
        }
        assertThat(page.file())
                .as("the page is stale: run `make docs`")
                .hasContent(page.text().get());
    }
}
