package io.filejob.oneline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.spec.TimestampUnit;
import io.filejob.value.EnumNames;
import io.filejob.value.Json;
import java.util.ArrayList;
import java.util.List;

/** Columns with timestamps as the command line has them: {@code --truncate When:month:dd.MM.yyyy}. */
public final class TimestampText {
    private static final List<String> UNITS = EnumNames.of(TimestampUnit.class);

    private TimestampText() {}

    /**
     * Parses a list of {@code COLUMN[:UNIT][:FORMAT]}: the members of {@code timestamps} in a manifest. A format may hold
     * colons. Throws {@link io.filejob.failure.JobFailedException} if a column is missing.
     */
    public static List<ObjectNode> parse(String option, String text) {
        List<ObjectNode> timestamps = new ArrayList<>();
        for (List<String> item : ItemList.items(option, text)) {
            ObjectNode timestamp = Json.object().put("column", item.getFirst());
            boolean hasUnit = item.size() > 1 && UNITS.contains(item.get(1));
            if (hasUnit) {
                timestamp.put("truncate", item.get(1));
            }
            String format = String.join(":", item.subList(hasUnit ? 2 : 1, item.size()));
            if (!format.isEmpty()) {
                timestamp.put("format", format);
            }
            timestamps.add(timestamp);
        }
        return timestamps;
    }
}
