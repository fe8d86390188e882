package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.schema.SchemaField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ExplainCommandTest {
    @TempDir
    private Path folder;

    static Stream<String> paths() {
        return SchemaField.root().descendants().map(SchemaField::path);
    }

    @Test
    void aFieldHasTypeDescriptionAlternativesAndFields() {
        End end = End.of("explain", "spec.input");
        assertThat(end.status()).isZero();
        assertThat(end.out())
                .startsWith("""
                GROUP:      filejob.io
                KIND:       FileJob
                VERSION:    v1alpha1

                FIELD: input <Object> -required-

                DESCRIPTION:
                    The input: generated numbers or files.
                    Exactly one of: generate, files

                FIELDS:
                  files <[]string>
                """)
                .contains("    Limit: at most 1,000 entries, at most 1,024 characters each\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            spec.input.format.csv.delimiter              | delimiter <string>               | Default: ","
            spec.onBadRecord                             | onBadRecord <string>             | One of: fail, skip
            spec.workers                                 | workers <integer>                | Range: at least 1
            spec.input.generate.decimals                 | decimals <integer>               | at most
            spec.memory                                  | memory <integer or string>       | Form: write for example 64Mi
            spec.operation.aggregate.measures            | measures <[]Object>              | FIELDS:
            spec.operation.aggregate.measures[0].function| function <string>                | One of:
            spec.pod.labels                              | labels <map[string]string>       | entries
            .metadata.name                               | name <string> -required-         | Form: use at most 253
            filejob.spec.suspend                         | suspend <boolean>                | Default: false
            status                                       | status <object>                  | which FileJob writes
            """)
    void limitsOfFieldsAreExplained(String path, String title, String limit) {
        End end = End.of("explain", path);
        assertThat(end.status()).isZero();
        assertThat(end.out()).containsIgnoringCase("FIELD: " + title).contains(limit);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void everyFieldIsExplained(String path) {
        End end = End.of("explain", path);
        assertThat(end.status()).isZero();
        assertThat(end.out()).doesNotContain("DESCRIPTION:\n\n");
        assertThat(end.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(120));
    }

    @Test
    void recursivelyAllNamesAndTypesArePrinted() {
        End end = End.of("explain", "spec.input", "--recursive");
        assertThat(end.status()).isZero();
        assertThat(end.out()).contains("\n  format <Object>\n    csv <Object>\n      columns <[]string>\n");
        assertThat(End.of("explain", "--recursive").out().lines().filter(line -> line.contains("<")))
                .hasSize((int) paths().count());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            spec.inptu          | spec.inptu: is unknown; did you mean spec.input?
            spec.input.Files    | spec.input.Files: is unknown; did you mean spec.input.files?
            delimiter           | delimiter: is unknown; did you mean spec.input.format.csv.delimiter
            spec.suspend.no     | spec.suspend.no: is unknown: there are no fields here
            spec.zzzzz          | spec.zzzzz: is unknown: known are activeDeadlineSeconds,
            """)
    void anUnknownFieldIsRefusedWithSimilarOnes(String path, String message) {
        End end = End.of("explain", path);
        assertThat(end.status()).isEqualTo(64);
        assertThat(end.err()).startsWith("filejob: " + message).endsWith("See filejob explain --help\n");
    }

    @Test
    void anUnknownOptionIsRefused() {
        End end = End.of("explain", "spec", "--recursiv");
        assertThat(end.status()).isEqualTo(64);
        assertThat(end.err()).startsWith("filejob: unknown option --recursiv; did you mean --recursive?");
    }

    @Test
    void withAManifestItPrintsThePlanAsBefore() throws IOException {
        Path manifest = Files.writeString(folder.resolve("job.yaml"), """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: planned}
                spec:
                  input: {generate: {files: 2, entriesPerFile: 3}}
                  operation: {average: {}}
                """);
        End plan = End.of("plan", "--set", "spec.workers=2", manifest.toString());
        assertThat(plan.status()).isZero();
        assertThat(plan.out()).contains("worker 1");
        assertThat(End.of("explain", "--set", "spec.workers=2", manifest.toString()))
                .isEqualTo(plan);
        assertThat(End.of("explain", "-f", manifest.toString(), "--set", "spec.workers=2"))
                .isEqualTo(plan);
        assertThat(End.of("explain", folder.resolve("none.yaml").toString()).status())
                .isEqualTo(66);
    }
}
