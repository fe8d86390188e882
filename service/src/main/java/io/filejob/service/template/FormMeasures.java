package io.filejob.service.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.value.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The measures in a form: texts such as {@code sum(Plays) as Total} in the field {@code measures}, or one row of the fields
 * {@code function}, {@code column} and {@code as} for each measure.
 */
final class FormMeasures {
    private static final Pattern MEASURE = Pattern.compile("([A-Za-z]+)(?:\\((.*?)\\))?(?:\\s+as\\s+(.+))?");

    private FormMeasures() {}

    /** Returns the measures as in a manifest; the number of rows if there are none. */
    static List<ObjectNode> read(Form form) {
        List<ObjectNode> measures = new ArrayList<>();
        form.all("measures").forEach(text -> measures.add(parse(text, form)));
        form.rows("function", "column", "as").forEach(row -> measures.add(measure(row.get(0), row.get(1), row.get(2))));
        return measures.isEmpty() ? List.of(measure("count", "", "")) : measures;
    }

    private static ObjectNode parse(String text, Form form) {
        Matcher parts = MEASURE.matcher(text);
        if (!parts.matches()) {
            form.problem("measures", "not a measure (" + text + "); use, for example, sum(Plays) as Total, or count");
            return Json.object();
        }
        return measure(parts.group(1), stripped(parts.group(2)), stripped(parts.group(3)));
    }

    private static String stripped(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    private static ObjectNode measure(String function, String column, String as) {
        ObjectNode measure = Json.object();
        measure.put("function", function);
        if (!column.isEmpty()) {
            measure.put("column", column);
        }
        if (!as.isEmpty()) {
            measure.put("as", as);
        }
        return measure;
    }
}
