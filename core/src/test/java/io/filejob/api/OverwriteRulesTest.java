package io.filejob.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.manifest.ManifestReader;
import io.filejob.validation.InvalidManifestException;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two names of the same file are refused by the manifest alone, in any spelling; names of two files are not. */
final class OverwriteRulesTest {
    private static final String STORES = "s3: {endpoint: \"http://127.0.0.1:1\"}";

    private static String manifest(String input, String more) {
        boolean average = input.startsWith("generate");
        return """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: names}
                spec:
                  onBadRecord: skip
                  input: {%s}
                  operation: {%s}
                %s""".formatted(
                        input,
                        average ? "average: {}" : "aggregate: {groupBy: [a], measures: [{function: count}]}",
                        (more.contains("s3:") || input.contains("s3:") ? STORES + "\n" : "")
                                .concat(more)
                                .indent(2));
    }

    private static void refused(String input, String more, String... words) {
        assertThatThrownBy(() -> ManifestReader.read(manifest(input, more)))
                .isInstanceOfSatisfying(InvalidManifestException.class, e -> assertThat(e.problems())
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.field() + ": " + problem.message())
                                .contains(words)));
    }

    private static void accepted(String input, String more) {
        assertThatCode(() -> ManifestReader.read(manifest(input, more))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "./o.csv, 1, o.csv",
        "o.csv, 1, ././o.csv",
        "a/../o.csv, 1, o.csv",
        "../a/../o.csv, 1, ../o.csv",
        "d//o.csv, 1, d/./o.csv",
        "/d/o.csv, 1, /../d//o.csv",
        "/d/o.csv, 1, file:///d/o.csv",
        "/d/o.csv, 1, FILE:/d/o.csv",
        "/d/o.csv, 1, file://localhost/d/x/../o.csv",
        "o.csv, 1, file:o%2Ecsv",
        "d/o.csv, 1, file:d%2Fo.csv",
        "s3://bucket/d/o.csv, 1, s3://bucket/d/o%2ecsv",
        "o.csv, 2, ./o-2.csv",
        "d/../o.csv, 12, o-07.csv",
        "o, 3, ./o-3",
        "s3://bucket/o.csv, 2, s3://bucket/%6F-1.csv"
    })
    void rejectsAreNotTheOutput(String output, int parts, String rejects) {
        refused(
                "files: [in.csv]",
                written(output, parts, rejects),
                "spec.rejects.uri: ",
                "is the file ",
                " of spec.output.uri too");
    }

    @ParameterizedTest
    @CsvSource({
        "o.csv, 1, O.csv",
        "o.csv, 1, /o.csv",
        "o.csv, 1, ../o.csv",
        "o%2Ecsv, 1, o.csv",
        "o.csv, 2, o.csv",
        "o.csv, 2, o-3.csv",
        "o.csv, 12, o-7.csv",
        "s3://bucket/d/o.csv, 1, s3://bucket/d//o.csv",
        "s3://bucket/o.csv, 1, s3://other/o.csv",
        "s3://bucket/o.csv, 1, s3://bucket/./o.csv"
    })
    void namesOfTwoFilesAreAccepted(String output, int parts, String rejects) {
        accepted("files: [in.csv]", written(output, parts, rejects));
    }

    private static String written(String output, int parts, String rejects) {
        return String.format(
                Locale.ROOT, "output: {uri: '%s', parts: %d}\nrejects: {uri: '%s'}", output, parts, rejects);
    }

    @ParameterizedTest
    @CsvSource({
        "in.csv, in.csv, 1",
        "./in.csv, in.csv, 1",
        "d/in.csv, d/x/..//in.csv, 1",
        "file:d/in%2Ecsv, d/in.csv, 1",
        "/d/in.csv, file:///d/in.csv, 1",
        "d/in.csv/, d/in.csv, 1",
        "s3://bucket/a%20b.csv, s3://bucket/a b.csv, 1",
        "in-1.csv, ./in.csv, 2",
        "file:/d/in-02.csv, /d/in.csv, 20"
    })
    void anInputIsNotWrittenOver(String input, String name, int parts) {
        refused(
                "files: ['x.csv', '%s']".formatted(input),
                String.format(Locale.ROOT, "output: {uri: '%s', parts: %d}", name, parts),
                "spec.output.uri: ",
                "is one of the input files");
        if (parts == 1) {
            refused(
                    "files: ['%s', 'x*.csv']".formatted(input),
                    "rejects: {uri: '%s'}".formatted(name),
                    "spec.rejects.uri: ",
                    "is one of the input files");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "o.csv, '', is the file \"o.csv\" of spec.output.uri",
        "./o.csv/images, '', is the file \"o.csv\" of spec.output.uri",
        "r.csv, '', is the file \"r.csv\" of spec.rejects.uri",
        "in.csv/, '', is the input file \"in.csv\"",
        "file:in%2Ecsv/x, '', is the input file \"in.csv\"",
        "st, st, overlaps with the store \"st\"",
        "st/images, ./st/, overlaps with the store \"./st/\"",
        "images, images/st, overlaps with the store \"images/st\"",
        "s3://bucket/a%2fb/, s3://bucket/a/, overlaps with the store \"s3://bucket/a/\"",
        "images, '', ''",
        "images, imagesOfStore, ''",
        ".., /st, ''"
    })
    void theFolderOfImagesIsNoFileAndNotOfTheStore(String folder, String store, String problem) {
        String manifest = """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: names}
                spec:
                  onBadRecord: skip
                  input: {files: [in.csv]}
                  operation: {compressImages: {to: {uri: '%s'}}}
                  output: {uri: o.csv}
                  rejects: {uri: r.csv}
                %s""".formatted(folder, store.isEmpty() ? "" : "  store: {uri: '" + store + "'}\n");
        if (problem.isEmpty()) {
            assertThatCode(() -> ManifestReader.read(manifest)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> ManifestReader.read(manifest))
                    .isInstanceOfSatisfying(
                            InvalidManifestException.class,
                            e -> assertThat(e.problems()).singleElement().satisfies(found -> {
                                assertThat(found.field()).isEqualTo("spec.operation.compressImages.to.uri");
                                assertThat(found.message()).contains(problem);
                            }));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "i?.csv, in.csv",
        "'[i]n.csv', in.csv",
        "s3://bucket/d/, s3://bucket/d",
        "d, d/in.csv",
        "https://host/in.csv, in.csv"
    })
    void filesThatOnlyAListingShowsAreAccepted(String input, String name) {
        accepted("files: ['%s']".formatted(input), "output: {uri: '%s'}".formatted(name));
    }

    @ParameterizedTest
    @CsvSource({
        "st, st/o.csv",
        "st/, ./st/deep/../o.csv",
        "., o.csv",
        ".., o.csv",
        "../.., ../o.csv",
        "/d/st, file:/d/st/o.csv",
        "s3://bucket/st, s3://bucket/st/o.csv",
        "s3://bucket/st/, s3://bucket/st/deep/o.csv",
        "s3://bucket/, s3://bucket/o.csv"
    })
    void aStoreIsForTheJobAlone(String store, String name) {
        String named = "\nstore: {uri: '%s'}".formatted(store);
        refused(
                "files: ['*.csv']",
                "output: {uri: '%s'}".formatted(name) + named,
                "spec.output.uri: ",
                "is in the store ");
        refused(
                "files: ['*.csv']",
                "rejects: {uri: '%s'}".formatted(name) + named,
                "spec.rejects.uri: ",
                "is in the store ");
        refused("files: ['%s']".formatted(name), named, "spec.store.uri: the store ", "holds the input file ");
    }

    @ParameterizedTest
    @CsvSource({
        "st, st.csv",
        "st, ../st/o.csv",
        "st, /st/o.csv",
        "../.., ../../../o.csv",
        "s3://bucket/st, s3://bucket/st.csv",
        "., /o.csv"
    })
    void filesBesideAStoreAreAccepted(String store, String name) {
        accepted(
                "files: ['%s', 'x*']".formatted(name + ".in"),
                "output: {uri: '%s'}\nstore: {uri: '%s'}".formatted(name, store));
    }

    @ParameterizedTest
    @CsvSource({"kept, ./kept/file-03.txt", "kept/, file:kept/file-11.txt", "., file-00.txt", "/, /file-00.txt"})
    void aGeneratedFileIsNotWrittenOver(String keep, String name) {
        String generate = "generate: {files: 12, entriesPerFile: 3, keep: {uri: '%s'}}".formatted(keep);
        refused(generate, "output: {uri: '%s'}".formatted(name), "spec.output.uri: ", "is one of the generated files");
        refused(
                generate,
                "rejects: {uri: '%s'}".formatted(name),
                "spec.rejects.uri: ",
                "is one of the generated files");
        accepted(
                generate,
                "output: {uri: '%s'}".formatted(name.replace("file-0", "file-").replace("file-11", "file-12")));
        accepted(generate, "output: {uri: '%s'}".formatted(name.replace("file-", "deep/file-")));
        refused(
                generate,
                "store: {uri: '%s'}".formatted(keep),
                "spec.store.uri: ",
                "holds the folder of spec.input.generate.keep");
    }

    @ParameterizedTest
    @CsvSource({
        "file://host/o.csv, names a host",
        "file:o%zz.csv, two hexadecimal digits",
        "s3://bucket/o%2, two hexadecimal digits"
    })
    void placesThatCannotBeAreRefused(String name, String problem) {
        refused("files: [in.csv]", "output: {uri: '%s'}".formatted(name), "spec.output.uri: ", problem);
        refused("files: [in.csv]", "rejects: {uri: '%s'}".formatted(name), "spec.rejects.uri: ", problem);
        refused("files: [in.csv]", "store: {uri: '%s'}".formatted(name), "spec.store.uri: ", problem);
        refused("files: [in.csv, '%s*']".formatted(name), "", "spec.input.files[1]: ", problem);
    }
}
