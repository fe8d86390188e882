package io.filejob.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.api.FileJob;
import io.filejob.spec.FormatSpec;
import io.filejob.validation.InvalidManifestException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that YAML parses as null are rejected, since users rarely mean null by them. */
final class ManifestNullsTest {
    private static String withNullText(String value) {
        return """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: case, creationTimestamp: null}
                spec:
                  input:
                    files: [a]
                    format:
                      csv:
                        nullText: %s
                  operation: {average: {column: price}}
                """.formatted(value);
    }

    private static @Nullable String nullText(String value) throws InvalidManifestException {
        FormatSpec format =
                ManifestReader.read(withNullText(value)).spec().input().format();
        return Objects.requireNonNull(Objects.requireNonNull(format).csv()).nullText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "Null", "NULL", "~", "", "# nothing", "!!null x"})
    void nullsAreRefused(String value) {
        assertThatThrownBy(() -> ManifestReader.read(withNullText(value)))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContainingAll("spec.input.format.csv.nullText", "in quotes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'NULL'", "'null'", "'~'", "'-'", "'NA'"})
    void quotedTextsAreTexts(String value) throws Exception {
        assertThat(nullText(value)).isEqualTo(value.replace("'", ""));
    }

    @Test
    void emptyTextInQuotesIsOne() throws Exception {
        assertThat(nullText("''")).isEmpty();
    }

    @Test
    void programsMayWriteNulls() throws Exception {
        FileJob job = ManifestReader.readWritten(withNullText("null"));
        assertThat(ManifestReader.read(ManifestReader.write(job))).isEqualTo(job);
    }

    @Test
    @Timeout(120)
    void manifestOfManyMistakesIsRefusedSoon() {
        StringBuilder fields = new StringBuilder("  pod:\n");
        for (int i = 0; i < 60_000; i++) {
            fields.append("    k").append(i).append(": 1\n");
        }
        assertThatThrownBy(() -> ManifestReader.read(withNullText("x") + fields))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContaining("spec.pod.k0")
                .hasMessageEndingWith(" more");
    }

    @Test
    @Timeout(120)
    void listThatIsTooLongIsRefusedWithoutALookAtItsElements() {
        String tolerations = "    - {k: 1}\n".repeat(60_000);
        assertThatThrownBy(() -> ManifestReader.read(withNullText("x") + "  pod:\n    tolerations:\n" + tolerations))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessage("spec.pod.tolerations: 60000 entries are more than 64: use 64 or less");
    }

    @Test
    void hugeManifestIsRefusedUnread() {
        String huge = withNullText("''").replace("case", "a".repeat(50_000_000));
        assertThatThrownBy(() -> ManifestReader.read(huge))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContaining("larger than 1 MiB");
    }
}
