package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests files that are manifests in an unusual form, or none, and several of them. */
final class ManifestFilesTest {
    private static final String VALID = """
            apiVersion: filejob.io/v1alpha1
            kind: FileJob
            metadata: {name: case}
            spec:
              input: {files: [a.csv]}
              operation: {average: {column: price}}
            """;

    @TempDir
    private Path folder;

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private End validate(String file) {
        End end = End.of("validate", file);
        return new End(end.status(), end.out(), end.err().replace(folder + "/", ""));
    }

    @Test
    void linesMayEndAsInWindows() throws IOException {
        assertThat(validate(write("job.yaml", VALID.replace("\n", "\r\n")))).isEqualTo(valid());
        End end = validate(write("bad.yaml", VALID.replace("price", "[").replace("\n", "\r\n")));
        assertThat(end.err()).startsWith("filejob: bad.yaml:").doesNotContain("\r");
    }

    @Test
    void aByteOrderMarkIsSkipped() throws IOException {
        assertThat(validate(write("job.yaml", "\ufeff" + VALID))).isEqualTo(valid());
    }

    @Test
    void aManifestMayBeJson() throws IOException {
        String json = """
                {"apiVersion": "filejob.io/v1alpha1", "kind": "FileJob", "metadata": {"name": "case"},
                 "spec": {"input": {"files": ["a.csv"]}, "operation": {"average": {"column": "price"}}}}
                """;
        assertThat(validate(write("job.json", json))).isEqualTo(valid());
        assertThat(validate(write("bad.json", json.replace("\"kind\": \"FileJob\"", "\"kind\" \"FileJob\"")))
                        .err())
                .startsWith("filejob: bad.json:1:");
    }

    private static End valid() {
        return new End(0, "FileJob case is valid\n", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~~                                | job.yaml: the manifest is empty: write one FileJob
            ~# only a comment~                 | job.yaml: the manifest is empty: write one FileJob
            FileJob                            | job.yaml: the manifest is not a mapping: write apiVersion, kind, metadata and spec
            - a                                | job.yaml: the manifest is not a mapping: write apiVersion, kind, metadata and spec
            VALID---\\nVALID                 | job.yaml: the manifest holds 2 documents: write one FileJob a file
            kind: FileJob\\nspec: {}         | job.yaml: apiVersion: is required
            apiVersion: filejob.io/v1alpha1    | job.yaml: kind: is required
            ApiVersion: filejob.io/v1alpha1    | job.yaml:1:1: ApiVersion: is unknown; did you mean "apiVersion"?
            """)
    void aFileThatIsNoManifestIsRefusedByName(String text, String message) throws IOException {
        End end = validate(
                write("job.yaml", text == null ? "" : text.replace("\\n", "\n").replace("VALID", VALID)));
        assertThat(end.err()).startsWith("filejob: " + message);
        assertThat(end.status()).isEqualTo(78);
    }

    @Test
    void aBinaryFileIsRefused() throws IOException {
        Path file = folder.resolve("job.yaml");
        Files.write(file, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, (byte) 0xff});
        assertThat(validate(file.toString()).err())
                .isEqualTo("filejob: job.yaml: is not UTF-8; name a manifest in YAML or JSON\n");
        Files.write(file, VALID.getBytes(StandardCharsets.UTF_16LE));
        End end = validate(file.toString());
        assertThat(end.status()).isEqualTo(78);
        assertThat(end.err()).isEqualTo("filejob: job.yaml: is not UTF-8; name a manifest in YAML or JSON\n");
    }

    @Test
    void aFolderAndAMissingFileAreRefused() {
        assertThat(validate(folder.toString()))
                .isEqualTo(new End(66, "", "filejob: the manifest " + folder + " cannot be read: Is a directory\n"));
        End end = validate(folder.resolve("none.yaml").toString());
        assertThat(end.status()).isEqualTo(66);
        assertThat(end.err()).contains("none.yaml cannot be read: ");
    }

    @Test
    void severalManifestsAreReportedAsJson() throws IOException {
        String good = write("good.yaml", VALID);
        String shorter = write("short.yaml", VALID.replace("[a.csv]", "a.csv"));
        String unknown = write("unknown.yaml", VALID.replace("spec:", "spec:\n  wokers: 2\n  memory: 1"));
        String yaml = write("yaml.yaml", VALID.replace("[a.csv]", "[*.csv]"));
        End end = End.of("validate", "-o", "json", good, shorter, unknown, "-f", yaml, folder + "/none.yaml");
        JsonNode report = end.json();
        assertThat(end.status()).isEqualTo(78);
        assertThat(end.err()).isEmpty();
        assertThat(report.path("valid").asBoolean()).isFalse();
        JsonNode manifests = report.path("manifests");
        assertThat(manifests.findValuesAsText("file"))
                .containsExactly(yaml, good, shorter, unknown, folder + "/none.yaml");
        assertThat(manifests.at("/1"))
                .hasToString("{\"file\":\"%s\",\"valid\":true,\"name\":\"case\",\"shortForms\":[]}".formatted(good));
        assertThat(manifests.at("/2/shortForms")).hasToString("[\"spec.input.files\"]");
        assertThat(manifests.at("/3/problems").findValuesAsText("field"))
                .containsExactlyInAnyOrder("spec.wokers", "spec.memory");
        assertThat(manifests.at("/3/problems/0/line").asInt()).isPositive();
        assertThat(manifests.at("/0/problems/0/line").asInt()).isEqualTo(5);
        assertThat(manifests.at("/0/problems/0/message").asText()).contains("in quotes: \"*.csv\"");
        assertThat(manifests.at("/4/problems/0/message").asText()).contains("cannot be read");
        End valid = End.of("validate", "-o", "json", good, shorter);
        assertThat(valid.status()).isZero();
        assertThat(valid.json().path("valid").asBoolean()).isTrue();
        assertThat(End.of("validate", good, unknown, shorter).out())
                .isEqualTo("FileJob case is valid\nFileJob case is valid\n");
    }
}
