package io.filejob.spec.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.spec.ColumnSpec;
import io.filejob.spec.DatabaseSpec;
import io.filejob.spec.MeasureFunction;
import io.filejob.spec.MeasureSpec;
import io.filejob.spec.SecretReference;
import io.filejob.validation.ScalarCheck;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IngestSpecTest {
    private static final DatabaseSpec DATABASE = new DatabaseSpec(new SecretReference("db"));

    private static IngestSpec spec(
            IngestSpec.@Nullable Mode mode,
            IngestSpec.@Nullable OnConflict onConflict,
            IngestSpec.@Nullable Duplicates duplicates) {
        return new IngestSpec(DATABASE, "products", null, null, mode, onConflict, duplicates, null, null);
    }

    @Test
    void knownKeysAreUpdatedAndTheLastRowOfAKeyCountsUnlessItSaysOtherwise() {
        IngestSpec spec = spec(null, null, null);
        assertThat(spec.mode()).isEqualTo(IngestSpec.Mode.UPSERT);
        assertThat(spec.conflicts()).isEqualTo(IngestSpec.OnConflict.UPDATE);
        assertThat(spec.duplicateRows()).isEqualTo(IngestSpec.Duplicates.LAST);
        assertThat(spec.createTable()).isFalse();
        assertThat(spec.onConflict()).as("written only where it has an effect").isNull();
        assertThat(spec.duplicates()).isNull();
    }

    @Test
    void whatIsAbsentIsAnEmptyListAndNothingCanBeChanged() {
        List<String> keys = new ArrayList<>(List.of("sku"));
        IngestSpec spec = new IngestSpec(DATABASE, "products", null, keys, null, null, null, null, null);
        keys.clear();
        assertThat(spec.keyColumns()).containsExactly("sku");
        assertThat(spec.aggregateTables()).isEmpty();
        assertThat(spec(null, null, null).keyColumns()).isEmpty();
        assertThatThrownBy(() -> spec.keyColumns().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "UPSERT, , , false",
        "UPSERT, IGNORE, FIRST, false",
        "UPSERT, ERROR, , true",
        "UPSERT, , ERROR, true",
        "APPEND, , , false",
        "REPLACE, , , true",
        "REPLACE, , LAST, true"
    })
    void whatMayBeFoundOutTooLateIsDoneAtOnce(
            IngestSpec.Mode mode,
            IngestSpec.@Nullable OnConflict onConflict,
            IngestSpec.@Nullable Duplicates duplicates,
            boolean atomic) {
        assertThat(spec(mode, onConflict, duplicates).loadsInOneTransaction()).isEqualTo(atomic);
    }

    @Test
    void aColumnGoesIntoTheOneOfItsNameUnlessItSaysAnother() {
        assertThat(new ColumnSpec("sku", null, null).target()).isEqualTo("sku");
        assertThat(new ColumnSpec("#2", "name", null).target()).isEqualTo("name");
    }

    @Test
    void anAggregatedTableIsMadeAnewAfterEachLoadUnlessItSaysOtherwise() {
        List<MeasureSpec> measures = List.of(new MeasureSpec(MeasureFunction.COUNT, null, null, null));
        assertThat(new AggregateTableSpec("by_name", List.of("name"), measures, null).refresh())
                .isEqualTo(AggregateTableSpec.Refresh.LOAD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text",
                "TEXT",
                "int4",
                "_text",
                "numeric(10,2)",
                "numeric( 10 , 2 )",
                "character varying(20)",
                "national character varying (20)",
                "national char(3)",
                "bit varying(8)",
                "double precision",
                "timestamp with time zone",
                "Timestamp(3) without time zone",
                "my_schema.my_type",
                "public.geometry(Point,4326)",
                "text[]",
                "integer [3][4]"
            })
    void typesAreWrittenAsPostgresWritesThem(String type) {
        assertThat(type).matches(ColumnSpec.TYPE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " text",
                "text ",
                "text; drop table products",
                "text, x text",
                "text) --",
                "numeric(--)",
                "numeric(10",
                "numeric(10,)",
                "numeric()",
                "numeric((10))",
                "text/**/",
                "\"text\"",
                "'text'",
                "text\n",
                "text not null",
                "text references products",
                "integer primary key",
                "text collate x",
                "a.b.c",
                "7up",
                "text[1:2]",
                "text[][",
                "t\u00e9xt"
            })
    void nothingElseIsTakenForAType(String text) {
        assertThat(text).doesNotMatch(ColumnSpec.TYPE);
    }

    @ParameterizedTest
    @CsvSource({"63, true", "64, false"})
    void namesAreMeasuredInBytes(int bytes, boolean fits) {
        assertThat(ScalarCheck.isIdentifier("x".repeat(bytes))).isEqualTo(fits);
        assertThat(ScalarCheck.isIdentifier("\u00e9".repeat((bytes - 1) / 2) + "x".repeat(2 - bytes % 2)))
                .isEqualTo(fits);
        assertThat(ScalarCheck.isIdentifier("a.b \"c\" 'd'")).isTrue();
        assertThat(ScalarCheck.isIdentifier("")).isFalse();
        assertThat(ScalarCheck.isIdentifier("a\u0000b")).isFalse();
    }
}
