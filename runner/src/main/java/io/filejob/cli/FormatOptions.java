package io.filejob.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.oneline.DelimiterName;
import io.filejob.oneline.ItemList;
import io.filejob.oneline.ManifestDraft;
import io.filejob.spec.CsvFormat;
import io.filejob.value.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the format of CSV files: the fields of {@code spec.input.format.csv}. */
final class FormatOptions {
    private static final String PATH = "spec.input.format.csv.";

    @Option(
            names = {"-d", "--delimiter"},
            paramLabel = "NAME",
            description = "What separates fields: comma (the default), tab, semicolon, pipe, colon, space, another"
                    + " character, or auto: that of the first file, which is printed. Files named .tsv are separated by"
                    + " tabs.")
    private @Nullable String delimiter;

    @Option(
            names = "--quote",
            paramLabel = "CHARACTER",
            description = "The character around quoted fields, or none. Default: \".")
    private @Nullable String quote;

    @Option(names = "--no-header", description = "The first line is a row. Columns are named #1, #2 and so on.")
    private boolean hasNoHeader;

    @Option(
            names = "--header",
            paramLabel = "COLUMN,...",
            description = "The names of all columns, for files without a header.")
    private @Nullable String columns;

    @Option(names = "--comment", paramLabel = "CHARACTER", description = "Skip lines that begin with this character.")
    private @Nullable String comment;

    @Option(names = "--null", paramLabel = "TEXT", description = "The unquoted text that represents a missing value.")
    private @Nullable String nullText;

    /** Tells {@code draft} which option sets which field. */
    static void name(ManifestDraft draft) {
        draft.from(PATH + "delimiter", "--delimiter")
                .from(PATH + "quote", "--quote")
                .from(PATH + "header", "--no-header")
                .from(PATH + "columns", "--header")
                .from(PATH + "comment", "--comment")
                .from(PATH + "nullText", "--null");
    }

    /**
     * Adds {@code format} to {@code input} if it differs from that of {@code files} by default; {@code detected} finds the
     * delimiter of the input.
     */
    void addTo(ObjectNode input, Collection<String> files, BiFunction<List<String>, CsvFormat, String> detected) {
        ObjectNode csv = Json.object();
        if (CsvFormat.AUTO.equalsIgnoreCase(delimiter)) {
            csv.put("delimiter", CsvFormat.AUTO);
        } else if (delimiter != null) {
            csv.put("delimiter", DelimiterName.character(delimiter));
        } else {
            DelimiterName.ofFiles(files).ifPresent(tab -> csv.put("delimiter", tab));
        }
        if (quote != null) {
            csv.put("quote", quote.equals("none") ? "" : quote);
        }
        if (hasNoHeader || columns != null) {
            csv.put("header", false);
        }
        if (columns != null) {
            List<String> names = ItemList.names("--header", columns);
            names.forEach(csv.putArray("columns")::add);
        }
        if (comment != null) {
            csv.put("comment", comment);
        }
        if (nullText != null) {
            csv.put("nullText", nullText);
        }
        if (CsvFormat.AUTO.equalsIgnoreCase(delimiter)) {
            List<String> entries = new ArrayList<>();
            input.path("files").forEach(file -> entries.add(file.asText()));
            csv.put("delimiter", detected.apply(entries, Json.bind(csv, CsvFormat.class)));
        }
        if (!csv.isEmpty()) {
            input.putObject("format").set("csv", csv);
        }
    }
}
