package io.filejob.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.status.RowCounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads records from JSON that others wrote. */
final class JsonTest {
    @Test
    void recordsComeBack() {
        RowCounts rows = new RowCounts(3, 2, 1);
        assertThat(Json.parse(Json.pretty(rows)).flatMap(tree -> Json.bindIfPossible(tree, RowCounts.class)))
                .contains(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "", "0", "\"\"", "true", "{", "{\"other\": 1}", "[{}]"})
    void whatIsNoRecordIsEmpty(String text) {
        assertThat(Json.parse(text).flatMap(tree -> Json.bindIfPossible(tree, RowCounts.class)))
                .isEmpty();
    }
}
