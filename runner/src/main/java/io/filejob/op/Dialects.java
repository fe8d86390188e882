package io.filejob.op;

import io.filejob.model.CsvFormat;
import io.filejob.read.CsvDialect;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Converts CSV formats of specs to dialects of readers. */
final class Dialects {
    private Dialects() {}

    static CsvDialect of(CsvFormat csv) {
        String nullText = csv.nullText();
        return new CsvDialect(
                character(csv.delimiter()),
                character(csv.quote()),
                character(csv.escape()),
                character(csv.comment()),
                csv.header(),
                Objects.requireNonNullElse(csv.columns(), List.of()),
                Objects.requireNonNullElse(nullText, ""),
                nullText != null);
    }

    private static byte character(@Nullable String text) {
        return text == null || text.isEmpty() ? 0 : (byte) text.charAt(0);
    }
}
