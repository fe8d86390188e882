package io.filejob.group;

import io.filejob.model.TopSpec;
import io.filejob.model.ValueType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order of rows in {@code top}: by rank, those without one last, then by their keys. */
final class RowRank implements Comparator<List<@Nullable String>> {
    private final int column;
    private final boolean descending;
    private final ValueType type;
    private final int keys;

    RowRank(GroupSchema schema, TopSpec top) {
        this.column = schema.spec().outputColumns().indexOf(top.by());
        this.descending = top.order() == TopSpec.Order.DESCENDING;
        this.type = ResultRow.type(schema, column, null);
        this.keys = schema.spec().keys().size();
    }

    @Override
    public int compare(List<@Nullable String> one, List<@Nullable String> other) {
        String a = one.get(column);
        String b = other.get(column);
        if (a == null || b == null) {
            return a == null && b == null ? byKeys(one, other) : a == null ? 1 : -1;
        }
        int order = type == ValueType.DECIMAL ? new BigDecimal(a).compareTo(new BigDecimal(b)) : texts(a, b);
        return order == 0 ? byKeys(one, other) : descending ? -order : order;
    }

    private int byKeys(List<@Nullable String> one, List<@Nullable String> other) {
        for (int key = 0; key < keys; key++) {
            String a = one.get(key);
            String b = other.get(key);
            int order = a == null ? (b == null ? 0 : -1) : b == null ? 1 : texts(a, b);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int texts(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
