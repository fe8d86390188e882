package io.filejob.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.manifest.ManifestReader;
import io.filejob.plan.Cut;
import io.filejob.plan.Fingerprint;
import io.filejob.plan.InputFile;
import io.filejob.plan.Plan;
import io.filejob.validation.InvalidManifestException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A job keeps the cut that it was planned with. */
final class PinnedCutTest {
    private static final String AGGREGATE =
            "aggregate: {groupBy: [k], measures: [{function: sum, column: v}, {function: count}]}";

    private static final String COUNTED = "aggregate: {groupBy: [k]; measures: [{function: count}]}";

    private static FileJob job(String operation) throws InvalidManifestException {
        return ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: pinned}
                spec: {workers: 2, input: {files: [in.csv]}, operation: {%s}}
                """.formatted(operation));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "protocol=2,sliceBytes=0,reduceSlices=1,partitions=0,inlineBytes=0",
                "protocol=2,sliceBytes=9,reduceSlices=1025,partitions=0,inlineBytes=0",
                "protocol=2,sliceBytes=9,reduceSlices=0,partitions=0,inlineBytes=0",
                "protocol=2,sliceBytes=1,reduceSlices=1,partitions=0,inlineBytes=0"
            })
    void aCutThatCannotBeIsRefused(String text) throws InvalidManifestException {
        FileJob job = job(AGGREGATE);
        List<InputFile> files = List.of(new InputFile("/f", 200_000, "1"));
        assertThatThrownBy(() -> Planner.plan(job.spec(), files, Cut.parse(text)))
                .isInstanceOfSatisfying(JobFailedException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.STORE_LOST))
                .hasMessageContaining(text);
    }

    /** The numbers are those of that release, so that its workers can finish the job. */
    @ParameterizedTest
    @CsvSource({"average: {column: v}, 134217729, 32", COUNTED + ", 134217729, 3", COUNTED + ", 4194305, 2"})
    void aJobOfAReleaseThatKeptNoCutIsCutAsThatReleaseDid(String operation, long bytes, int slices)
            throws InvalidManifestException {
        Plan plan = Planner.unpinned(job(operation.replace(';', ',')).spec(), List.of(new InputFile("/f", bytes, "1")));
        assertThat(plan.slicing().slices()).isEqualTo(slices);
        assertThat(plan.fingerprint().cut().protocol()).isEqualTo(Cut.UNPINNED);
    }

    @Test
    void theFingerprintOfSuchAJobIsThatOfItsRelease() throws InvalidManifestException {
        Plan plan = Planner.unpinned(job("average: {column: v}").spec(), List.of(new InputFile("/f", 5, "1")));
        Fingerprint inputs = new Fingerprint(
                plan.fingerprint().spec(),
                "sha256:8c8947ab43dd8581abf0ddcdbd5df2a034bba4819826911bfc72eef15af348f1",
                plan.fingerprint().cut());
        assertThat(inputs.spec()).isEqualTo("sha256:08dfed0077ebd82b7adab0172603d256bc8f20a25adb11a31e6d0818459304fd");
        assertThat(inputs.combined())
                .isEqualTo("sha256:9c27b45790373cecf22904c9632ce5716261e3d97a8f9d68bbbdd0a663b4b0c6");
    }

    @Test
    void theFoundDelimiterIsAPartOfTheFingerprintAndNeedsASpecThatAsksForIt() throws InvalidManifestException {
        FileJob named = job("average: {column: v}");
        FileJob auto = ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: pinned}
                spec: {input: {files: [in.csv], format: {csv: {delimiter: auto}}}, operation: {average: {column: v}}}
                """);
        List<InputFile> files = List.of(new InputFile("/f", 5, "1"));
        Cut cut = Planner.plan(named.spec(), files).fingerprint().cut();
        Plan semicolons = Planner.plan(auto.spec(), files, cut.withDelimiter(';'));
        assertThat(semicolons.fingerprint().combined())
                .isNotEqualTo(Planner.plan(auto.spec(), files, cut.withDelimiter('|'))
                        .fingerprint()
                        .combined());
        assertThat(Planner.recut(auto.spec(), semicolons, cut.withDelimiter('|'))
                        .fingerprint()
                        .cut()
                        .delimiter())
                .isEqualTo('|');
        assertThatThrownBy(() -> Planner.plan(named.spec(), files, cut.withDelimiter(';')))
                .isInstanceOf(JobFailedException.class);
        assertThatThrownBy(() -> Planner.plan(auto.spec(), files)).isInstanceOf(JobFailedException.class);
    }

    @Test
    void textAndCutAreTheSame() {
        Cut cut = new Cut(Cut.PROTOCOL, 1L << 40, 1024, 32, 65536);
        assertThat(Cut.parse(cut.text())).isEqualTo(cut);
        assertThat(Cut.parse("protocol=77,anything=else").protocol()).isEqualTo(77);
        Cut found = cut.withDelimiter('\t');
        assertThat(found.text()).isEqualTo(cut.text() + ",delimiter=9");
        assertThat(Cut.parse(found.text())).isEqualTo(found);
        assertThat(Cut.parse("protocol=1,sliceBytes=7,reduceSlices=2,partitions=3,inlineBytes=4"))
                .isEqualTo(new Cut(Cut.RELEASE_0_1, 7, 2, 3, 4));
        assertThatThrownBy(() -> Cut.parse("protocol=1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cut.parse("")).isInstanceOf(IllegalArgumentException.class);
    }
}
