package io.filejob.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.api.FileJob;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Explains a field in the form of {@code kubectl explain}. */
public final class FieldExplanation {
    private static final int WIDTH = 100;
    private static final String MARGIN = "    ";
    /** Larger bounds are those of the type. */
    private static final BigInteger MAX_SHOWN = BigInteger.valueOf(Integer.MAX_VALUE);

    private final StringBuilder out = new StringBuilder();

    private FieldExplanation() {}

    /** Returns the explanation of {@code field}: its description and limits, and its fields. */
    public static String of(SchemaField field) {
        FieldExplanation text = new FieldExplanation();
        text.heading(field);
        if (!field.children().isEmpty()) {
            text.out.append("FIELDS:\n");
            field.children().forEach(text::child);
        }
        return text.out.toString().stripTrailing() + "\n";
    }

    /** Returns the explanation of {@code field}, with the names and types of all fields below it. */
    public static String recursive(SchemaField field) {
        FieldExplanation text = new FieldExplanation();
        text.heading(field);
        if (!field.children().isEmpty()) {
            text.out.append("FIELDS:\n");
            text.tree(field, "  ");
        }
        return text.out.toString().stripTrailing() + "\n";
    }

    private void heading(SchemaField field) {
        String[] version = FileJob.API_VERSION.split("/", -1);
        out.append("GROUP:      ").append(version[0]).append('\n');
        out.append("KIND:       ").append(FileJob.KIND).append('\n');
        out.append("VERSION:    ").append(version[1]).append("\n\n");
        if (!field.path().isEmpty()) {
            out.append("FIELD: ").append(title(field)).append("\n\n");
        }
        out.append("DESCRIPTION:\n");
        paragraph(field.description());
        limits(field).forEach(this::paragraph);
        out.append('\n');
    }

    private void child(SchemaField field) {
        out.append("  ").append(title(field)).append('\n');
        paragraph(field.description());
        limits(field).forEach(this::paragraph);
        out.append('\n');
    }

    private void tree(SchemaField field, String indentation) {
        for (SchemaField child : field.children()) {
            out.append(indentation).append(title(child)).append('\n');
            tree(child, indentation + "  ");
        }
    }

    private static String title(SchemaField field) {
        return field.name() + " <" + field.type() + ">" + (field.isRequired() ? " -required-" : "");
    }

    private static List<String> limits(SchemaField field) {
        List<String> limits = new ArrayList<>();
        JsonNode preset = field.schema().path("default");
        if (!preset.isMissingNode()) {
            limits.add("Default: " + preset);
        }
        if (!field.limit("enum").isMissingNode()) {
            limits.add("One of: " + String.join(", ", SchemaField.texts(field.limit("enum"))));
        }
        String range = Stream.of(bound("at least ", field.limit("minimum")), bound("at most ", field.limit("maximum")))
                .filter(bound -> !bound.isEmpty())
                .collect(Collectors.joining(", "));
        if (!range.isEmpty()) {
            limits.add("Range: " + range);
        }
        String size = Stream.of(
                        bound(field.schema().path("maxItems"), " entries"),
                        bound(field.schema().path("maxProperties"), " entries"),
                        bound(
                                field.limit("maxLength"),
                                field.schema().has("items") ? " characters each" : " characters"))
                .filter(bound -> !bound.isEmpty())
                .collect(Collectors.joining(", "));
        if (!size.isEmpty()) {
            limits.add("Limit: " + size);
        }
        String form = field.limit("patternErrorMessage").asText();
        if (form.contains(": ")) {
            limits.add("Form: " + form.substring(form.indexOf(": ") + 2));
        }
        if (!field.alternatives().isEmpty()) {
            limits.add("Exactly one of: " + String.join(", ", field.alternatives()));
        }
        return limits;
    }

    private static String bound(String words, JsonNode bound) {
        return bound.isMissingNode() || bound.bigIntegerValue().compareTo(MAX_SHOWN) >= 0 ? "" : words + number(bound);
    }

    private static String bound(JsonNode bound, String unit) {
        return bound.isMissingNode()
                ? ""
                : "at most " + number(bound)
                        + (bound.asLong() == 1
                                ? unit.replaceFirst("ies\\b", "y").replaceFirst("s\\b", "")
                                : unit);
    }

    private static String number(JsonNode number) {
        return String.format(Locale.ROOT, "%,d", number.bigIntegerValue());
    }

    /** Adds a text in lines of limited width. */
    private void paragraph(String text) {
        int column = 0;
        for (String word : text.split(" ", -1)) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                out.append('\n');
                column = 0;
            }
            out.append(column == 0 ? MARGIN : " ").append(word);
            column += (column == 0 ? MARGIN.length() : 1) + word.length();
        }
        out.append('\n');
    }
}
