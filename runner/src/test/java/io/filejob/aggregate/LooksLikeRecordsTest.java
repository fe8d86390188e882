package io.filejob.aggregate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.local.LocalRun;
import io.filejob.manifest.ManifestReader;
import io.filejob.status.AggregateResult;
import io.filejob.status.RowCounts;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A hundred records with quoted texts of 1.8 MB each that consist of lines looking like records, so that every slice
 * guesses wrong. The result is a hundred records nevertheless.
 */
@Timeout(180)
final class LooksLikeRecordsTest {
    private static final int RECORDS = 100;
    private static final int LINES = 4900;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws IOException {
        String filler = "a text as long as those around it, ".repeat(9).replace(',', ';');
        StringBuilder text = new StringBuilder("\"\n");
        for (int line = 0; line < LINES; line++) {
            text.append("false")
                    .append(1000 + line)
                    .append(',')
                    .append(filler)
                    .append(line)
                    .append(",12345\n");
        }
        byte[] field = text.append('"').toString().getBytes(UTF_8);
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(folder.resolve("in.csv")))) {
            file.write("key,note,plays\n".getBytes(UTF_8));
            for (int record = 0; record < RECORDS; record++) {
                file.write((key(record) + ",").getBytes(UTF_8));
                file.write(field);
                file.write(("," + record + "\n").getBytes(UTF_8));
            }
        }
    }

    @AfterAll
    static void remove() throws IOException {
        Files.delete(folder.resolve("in.csv"));
    }

    private static String key(int record) {
        return "true" + (100 + record);
    }

    @ParameterizedTest
    @CsvSource({
        "64Ki,1", "64Ki,2", "64Ki,4", "1Mi,1", "1Mi,2", "1Mi,4", "7Mi,1", "7Mi,2", "7Mi,4", "64Mi,1", "64Mi,2", "64Mi,4"
    })
    void areAHundred(String sliceBytes, int workers) throws Exception {
        FileJob job = ManifestReader.read(String.format(Locale.ROOT, """
            apiVersion: filejob.io/v1alpha1
            kind: FileJob
            metadata: {name: hundred}
            spec:
              workers: %d
              memory: 16Mi
              input: {files: [in.csv], sliceBytes: %s}
              operation: {aggregate: {groupBy: [key], measures: [{function: count}, {function: sum, column: plays, as: s}]}}
              output: {uri: out.csv}
            """, workers, sliceBytes));
        LocalRun.RunOutcome outcome = AggregateRun.outcome(job, folder);
        if (outcome.failure() != null) {
            throw new AssertionError(outcome.failure());
        }
        AggregateResult result =
                (AggregateResult) Objects.requireNonNull(outcome.status().result());
        assertThat(outcome.status().rows()).isEqualTo(new RowCounts(RECORDS, RECORDS, 0));
        assertThat(result.groups()).isEqualTo(RECORDS);
        assertThat(folder.resolve("out.csv"))
                .hasContent(IntStream.range(0, RECORDS)
                        .mapToObj(record -> key(record) + ",1," + record + "\n")
                        .collect(Collectors.joining("", "key,count,s\n", "")));
    }
}
