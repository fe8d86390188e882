package io.filejob.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** The rules between the fields of {@code spec.input}, and of its format. */
final class InputRules {
    private static final String CSV = "spec.input.format.csv";

    private final CheckedTree tree;
    private final CsvFormat csv;

    private InputRules(CheckedTree tree, CsvFormat csv) {
        this.tree = tree;
        this.csv = csv;
    }

    static void check(CheckedTree tree) {
        if (tree.isSet("spec.input.generate") && !tree.isSet("spec.input.files")) {
            if (tree.isSet("spec.input.sliceBytes")) {
                tree.refuse("spec.input.sliceBytes", RuleMessages.SLICE_BYTES_OF_GENERATED);
            }
            if (tree.isSet("spec.input.format")) {
                tree.refuse("spec.input.format", RuleMessages.FORMAT_OF_GENERATED);
            }
        }
        JsonNode files = tree.at("spec.input.files");
        if (files.isArray() && files.isEmpty()) {
            tree.refuse("spec.input.files", RuleMessages.NO_FILES);
        }
        tree.partlyBound(CSV, CsvFormat.class).ifPresent(csv -> {
            InputRules rules = new InputRules(tree, csv);
            rules.quoting();
            rules.comment();
            rules.nullText();
            rules.columns();
            rules.encoding();
        });
    }

    private void quoting() {
        boolean quoteIsKnown = tree.isKnown(CSV, "quote");
        boolean delimiterIsKnown = tree.isKnown(CSV, "delimiter");
        if (quoteIsKnown && delimiterIsKnown && csv.delimiter().equals(csv.quote())) {
            refuse("quote", RuleMessages.IS_DELIMITER, csv.quote());
        }
        String escape = csv.escape();
        if (escape == null) {
            return;
        }
        if (quoteIsKnown && csv.quote().isEmpty()) {
            refuse("escape", RuleMessages.ESCAPE_WITHOUT_QUOTE, escape);
        }
        if (delimiterIsKnown && escape.equals(csv.delimiter())) {
            refuse("escape", RuleMessages.IS_DELIMITER, escape);
        }
        if (quoteIsKnown && escape.equals(csv.quote())) {
            refuse("escape", RuleMessages.ESCAPE_IS_QUOTE, escape);
        }
    }

    private void comment() {
        String comment = csv.comment();
        if (comment == null) {
            return;
        }
        if (tree.isKnown(CSV, "delimiter") && comment.equals(csv.delimiter())) {
            refuse("comment", RuleMessages.IS_DELIMITER, comment);
        }
        if (tree.isKnown(CSV, "quote") && comment.equals(csv.quote())) {
            refuse("comment", RuleMessages.IS_QUOTE, comment);
        }
    }

    private void nullText() {
        String text = csv.nullText();
        if (text != null
                && (text.contains("\n")
                        || text.contains("\r")
                        || (tree.isKnown(CSV, "delimiter") && text.contains(csv.delimiter()))
                        || (tree.isKnown(CSV, "quote") && !csv.quote().isEmpty() && text.contains(csv.quote())))) {
            tree.refuse(CSV + ".nullText", RuleMessages.NO_FIELDS_TEXT);
        } else if (text != null
                && tree.isSet("spec.output")
                && tree.isSet("spec.operation.aggregate")
                && Pattern.compile(CsvFormat.SPECIAL_IN_OUTPUT).matcher(text).find()) {
            refuse("nullText", RuleMessages.NO_OUTPUT_TEXT, text);
        }
    }

    private void columns() {
        List<String> columns = csv.columns();
        if (columns == null) {
            return;
        }
        if (tree.isKnown(CSV, "header") && csv.header()) {
            tree.refuse(CSV + ".columns", RuleMessages.COLUMNS_WITH_HEADER);
        }
        if (columns.isEmpty()) {
            tree.refuse(CSV + ".columns", RuleMessages.NO_COLUMNS);
        }
        if (new HashSet<>(columns).size() < columns.size()) {
            tree.refuse(CSV + ".columns", RuleMessages.COLUMN_TWICE);
        }
    }

    private void encoding() {
        String encoding = csv.encoding();
        if (!encoding.matches(CsvFormat.UTF_8)) {
            tree.refuse(CSV + ".encoding", RuleMessages.OTHER_ENCODING.formatted(CheckedTree.show(encoding), encoding));
        }
    }

    private void refuse(String field, String words, String value) {
        tree.refuse(CSV + "." + field, words.formatted(CheckedTree.show(value)));
    }
}
