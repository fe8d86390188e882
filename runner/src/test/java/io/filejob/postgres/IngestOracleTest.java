package io.filejob.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.aggregate.ByteText;
import io.filejob.aggregate.CsvOracle;
import io.filejob.postgres.IngestOracle.Expected;
import io.filejob.spec.CsvFormat;
import io.filejob.spec.DatabaseSpec;
import io.filejob.spec.SecretReference;
import io.filejob.spec.ingest.IngestSpec;
import io.filejob.spec.ingest.IngestSpec.Duplicates;
import io.filejob.spec.ingest.IngestSpec.Mode;
import io.filejob.spec.ingest.IngestSpec.OnConflict;
import io.filejob.status.JobResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Checks the oracle of other ingest tests with examples. */
final class IngestOracleTest {
    private static final List<String> COLUMNS = List.of("k", "v");
    private static final List<List<@Nullable String>> INPUT =
            List.of(List.of("a", "1"), List.of("b", "1"), List.of("c", "1"), List.of("a", "2"));
    private static final List<List<@Nullable String>> BEFORE =
            List.of(List.of("b", "1"), List.of("c", "0"), List.of("z", "9"));

    private static Expected of(Mode mode, OnConflict onConflict, Duplicates duplicates) {
        IngestSpec spec = new IngestSpec(
                new DatabaseSpec(new SecretReference("db")),
                "t",
                null,
                List.of("k"),
                mode,
                onConflict,
                duplicates,
                null,
                null);
        return IngestOracle.of(spec, COLUMNS, INPUT, BEFORE);
    }

    private static void check(Expected expected, JobResult result, String table) {
        assertThat(expected.result()).isEqualTo(result);
        assertThat(table(expected)).isEqualTo(table);
    }

    private static String table(Expected expected) {
        return String.join(
                " ",
                expected.table().rows().stream()
                        .map(row -> row.get(0) + "" + row.get(1))
                        .toList());
    }

    @Test
    void ofAnUpsert() {
        check(of(Mode.UPSERT, OnConflict.UPDATE, Duplicates.LAST), JobResult.ofRows(1, 1, 1, 0, 1), "a2 b1 c1 z9");
        check(of(Mode.UPSERT, OnConflict.IGNORE, Duplicates.FIRST), JobResult.ofRows(1, 0, 0, 2, 1), "a1 b1 c0 z9");
        assertThat(of(Mode.UPSERT, OnConflict.UPDATE, Duplicates.ERROR).result())
                .isNull();
        Expected failed = of(Mode.UPSERT, OnConflict.ERROR, Duplicates.LAST);
        assertThat(failed.result()).isNull();
        assertThat(table(failed)).isEqualTo("b1 c0 z9");
    }

    @Test
    void ofOtherModes() {
        check(of(Mode.REPLACE, OnConflict.UPDATE, Duplicates.FIRST), JobResult.ofRows(3, 0, 0, 0, 1), "a1 b1 c1");
        check(
                of(Mode.APPEND, OnConflict.UPDATE, Duplicates.LAST),
                JobResult.ofRows(4, 0, 0, 0, 0),
                "a1 a2 b1 b1 c0 c1 z9");
    }

    @Test
    void productsAreReadAsTheyWereMade() {
        List<Product> products = ProductRows.of(42, 2_000, 25);
        byte[] csv = ProductRows.csv(products).getBytes(UTF_8);
        List<List<@Nullable String>> read = new ArrayList<>();
        CsvOracle.read(csv, new CsvFormat(null, null, null, null, null, null, null, null))
                .rows()
                .forEach(row -> read.add(row.fields().stream()
                        .map(field -> ByteText.decode(field.text()))
                        .toList()));
        assertThat(read).isEqualTo(products.stream().map(Product::values).toList());
        assertThat(csv.length / products.size()).isBetween(140, 160);
        long skus = products.stream().map(Product::sku).distinct().count();
        assertThat(skus).isBetween(1_400L, 1_600L);
    }
}
