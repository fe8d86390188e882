package io.filejob.oneline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.spec.MeasureFunction;
import io.filejob.spec.MeasureSpec;
import io.filejob.spec.ValueType;
import io.filejob.value.EnumNames;
import io.filejob.value.Json;
import java.util.ArrayList;
import java.util.List;

/** Measures as the command line has them: {@code --sum 'Number of Plays:Total'}. */
public final class MeasureText {
    private static final List<String> TYPES = EnumNames.of(ValueType.class);

    private MeasureText() {}

    /**
     * Parses a list of {@code COLUMN[:NAME][:TYPE]} for a function: the members of {@code measures} in a manifest. Throws
     * {@link JobFailedException} for another form.
     */
    public static List<ObjectNode> parse(MeasureFunction function, String option, String text) {
        List<ObjectNode> measures = new ArrayList<>();
        for (List<String> item : ItemList.items(option, text)) {
            List<String> parts = new ArrayList<>(item);
            String type = parts.size() > 1 && TYPES.contains(parts.getLast()) ? parts.removeLast() : "";
            if (parts.size() > 2) {
                throw new JobFailedException(
                        ExitCode.USAGE,
                        option + " " + text + ": more than COLUMN:NAME:TYPE, TYPE being " + String.join(", ", TYPES)
                                + "; write a name with a colon in double quotes");
            }
            measures.add(measure(function, parts.getFirst(), parts.size() > 1 ? parts.get(1) : "", type));
        }
        return measures;
    }

    /** Returns the count of rows with the name {@code name}, the default if it is empty. */
    public static ObjectNode countOfRows(String name) {
        return measure(MeasureFunction.COUNT, "", name, "");
    }

    /** Returns the name of the column of {@code measure} in the output. */
    public static String name(ObjectNode measure) {
        return Json.bind(measure, MeasureSpec.class).outputName();
    }

    private static ObjectNode measure(MeasureFunction function, String column, String name, String type) {
        ObjectNode measure = Json.object().put("function", function.text());
        put(measure, "column", column);
        put(measure, "as", name);
        put(measure, "type", type);
        return measure;
    }

    private static void put(ObjectNode measure, String field, String value) {
        if (!value.isEmpty()) {
            measure.put(field, value);
        }
    }
}
