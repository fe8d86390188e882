package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code filejob validate --input} checks the input of a manifest as a job does, without the job. */
final class ValidateInputTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeInputs() throws IOException {
        Files.writeString(folder.resolve("prices.csv"), "sku,price\na,1\nb,not a number\n");
        Files.writeString(
                folder.resolve("list.csv"),
                "S. No.,Product Name,Input Image Urls\n1,Chair,http://127.0.0.1:1/a.jpg\n1,Desk,x\n2,Lamp,\n");
    }

    private End validate(String spec, String... options) throws IOException {
        Path manifest = Files.writeString(folder.resolve("job.yaml"), """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: checked}
                spec: {%s}
                """.formatted(spec));
        return End.of(Stream.concat(Stream.of("validate", manifest.toString()), Stream.of(options))
                .toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "input: {files: [prices.csv]}, operation: {average: {column: price}}|0|",
                "input: {files: [prices.csv]}, operation: {average: {column: cost}}|65|no column \"cost\"",
                "input: {files: [prices.csv]}, operation: {aggregate: {groupBy: [name], measures: [{function: count}]}}|65|no column \"name\"",
                "input: {files: [missing.csv]}, operation: {average: {column: price}}|66|missing.csv",
                "input: {files: [prices.csv]}, operation: {ingest: {database: {secret: {name: db}}, table: t, mode: append, columns: [{from: cost}]}}|65|no column \"cost\""
            })
    void headersAreChecked(String spec, int status, String message) throws IOException {
        assertThat(validate(spec).status()).as("without the input").isZero();
        End end = validate(spec, "--input");
        assertThat(end.status()).as(end.err()).isEqualTo(status);
        assertThat(end.err()).contains(message == null ? "" : message);
        assertThat(end.out()).isEqualTo(status == 0 ? "FileJob checked and its input are valid\n" : "");
    }

    @Test
    void listsOfImagesAreCheckedAsAWhole() throws IOException {
        String spec =
                "input: {files: [list.csv]}, operation: {compressImages: {to: {uri: out}}}, output: {uri: out.csv}";
        End end = validate(spec, "--input");
        assertThat(end.status()).isEqualTo(65);
        assertThat(end.err())
                .contains("list.csv:3: column \"Input Image Urls\": \"x\": not an absolute")
                .contains("list.csv:4: column \"Input Image Urls\": \"\": no URL");
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(validate(spec + ", onBadRecord: skip", "--input").status()).isZero();
    }

    @Test
    void optionsOfTheInputAreRefusedWithoutIt() throws IOException {
        End end = validate("input: {files: [prices.csv]}, operation: {average: {column: price}}", "--mount", "/a=.");
        assertThat(end.status()).isEqualTo(64);
        assertThat(end.err()).contains("--input");
    }
}
