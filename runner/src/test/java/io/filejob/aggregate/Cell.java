package io.filejob.aggregate;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A value of the output as a {@link ByteText}, or null. */
record Cell(@Nullable String text) {
    static final Cell NULL = new Cell(null);

    /** Orders cells by bytes, null first. */
    static final Comparator<Cell> ORDER = comparing(Cell::text, nullsFirst(naturalOrder()));

    /** Orders lists of equal length cell by cell. */
    static final Comparator<List<Cell>> LIST_ORDER = (one, other) -> {
        for (int i = 0; i < one.size(); i++) {
            int order = ORDER.compare(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    };

    boolean isNull() {
        return text == null;
    }

    /** Returns the text, which must not be null. */
    String value() {
        return Objects.requireNonNull(text);
    }
}
