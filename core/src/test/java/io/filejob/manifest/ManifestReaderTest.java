package io.filejob.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.api.FileJob;
import io.filejob.spec.CsvFormat;
import io.filejob.spec.FormatSpec;
import io.filejob.spec.GenerateSpec;
import io.filejob.spec.OnBadRecord;
import io.filejob.validation.InvalidManifestException;
import io.filejob.validation.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestReaderTest {
    private static final String EXPECTED = "# refused: ";

    static Stream<Path> refused() throws IOException {
        return manifests("refused");
    }

    static Stream<Path> accepted() throws IOException {
        return Stream.concat(manifests("accepted"), files(Path.of("../k8s-examples")));
    }

    private static Stream<Path> manifests(String folder) throws IOException {
        return files(Path.of("src/test/resources/manifests", folder));
    }

    private static Stream<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    /** The first lines of each file list its problems, and no others may be reported. */
    @ParameterizedTest
    @MethodSource
    void refused(Path manifest) throws IOException {
        String text = Files.readString(manifest);
        List<String> expected = text.lines()
                .filter(line -> line.startsWith(EXPECTED))
                .map(line -> line.substring(EXPECTED.length()))
                .toList();
        assertThatThrownBy(() -> ManifestReader.read(text))
                .isInstanceOfSatisfying(InvalidManifestException.class, refusal -> assertThat(refusal.problems())
                        .extracting(Problem::toString)
                        .containsExactlyInAnyOrderElementsOf(expected));
    }

    /** Entries of such lists are not checked, so that rules must not read them. */
    @Test
    void aListThatIsTooLongIsTheOnlyProblemOfItsEntries() {
        String manifest = """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: case}
                spec:
                  input: {files: [a.csv]}
                  operation: {aggregate: {groupBy: [a], measures: [%s]}}
                  pod: {tolerations: [%s]}
                  volumes: [%s]
                """.formatted("{type: date}, ".repeat(65), "{effect: false}, ".repeat(65), "{}, ".repeat(65));
        assertThatThrownBy(() -> ManifestReader.read(manifest))
                .isInstanceOfSatisfying(InvalidManifestException.class, refusal -> assertThat(refusal.problems())
                        .extracting(Problem::field)
                        .containsExactlyInAnyOrder(
                                "spec.operation.aggregate.measures", "spec.pod.tolerations", "spec.volumes"));
    }

    @ParameterizedTest
    @MethodSource
    void accepted(Path manifest) throws Exception {
        FileJob job = ManifestReader.read(Files.readString(manifest));
        FileJob again = ManifestReader.read(ManifestReader.write(job));
        assertThat(again).as("what was written and read again").isEqualTo(job);
    }

    @Test
    void defaultsAreFilledIn() throws Exception {
        FileJob job = ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: defaults}
                spec:
                  input: {generate: {files: 2, entriesPerFile: 3}}
                  operation: {average: {}}
                """);
        assertThat(job.spec().workers()).isEqualTo(1);
        assertThat(job.spec().onBadRecord()).isEqualTo(OnBadRecord.FAIL);
        assertThat(job.spec().input().generate()).isEqualTo(new GenerateSpec(2L, 3L, 0L, "0", "1000", 2, 5, null));
    }

    @Test
    void aFileInputIsCsvWithHeaderUnlessItSaysOtherwise() throws Exception {
        FileJob job = ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: defaults}
                spec:
                  input: {files: [a]}
                  operation: {average: {column: price}}
                """);
        assertThat(job.spec().input().format()).isEqualTo(new FormatSpec(null, CsvFormat.standard()));
    }

    @Test
    void aDuplicateFieldIsRefusedWithItsLine() {
        assertThatThrownBy(() -> ManifestReader.read("kind: FileJob\nkind: FileJob\n"))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("kind");
    }

    @Test
    void whatDecidesTheResultHasNothingToDoWithWorkersAndStore() throws Exception {
        FileJob job =
                ManifestReader.read(Files.readString(accepted().findFirst().orElseThrow()));
        assertThat(job.withWorkers(7).spec().resultDefiningPart())
                .isEqualTo(job.spec().resultDefiningPart());
        assertThat(job.spec().resultDefiningPart().store()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pod", "callback", "callback-to-a-host"})
    void theRunOfAJobDoesNotDefineItsResult(String manifest) throws Exception {
        String run = Files.readString(Path.of("src/test/resources/manifests/accepted/" + manifest + ".yaml"));
        FileJob plain = ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: plain}
                spec:
                  input: {generate: {files: 2, entriesPerFile: 3}}
                  operation: {average: {}}
                """);
        assertThat(ManifestReader.read(run).spec().resultDefiningPart())
                .isEqualTo(plain.spec().resultDefiningPart());
    }
}
