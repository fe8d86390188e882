package io.filejob.spec;

import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.ShownValue;
import io.filejob.validation.SpecRule;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** The rules between the fields of {@code spec.input.format.csv}. */
final class CsvRules implements RuleSet<CsvFormat> {
    private static final String IS_DELIMITER = "%s is the delimiter too: choose another";

    private static final String IS_NO_FIELD =
            "cannot be the text of an unquoted field: leave out line breaks, the delimiter and the quote";

    /** Whether TEXT contains the delimiter, or one that may be found. */
    private static final String HAS_DELIMITER = "(self.delimiter == 'auto' ? TEXT.matches('["
            + CsvFormat.FOUND_DELIMITERS.replace("\t", "\\t") + "]') : TEXT.contains(self.delimiter))";

    private static final ShownValue<CsvFormat> QUOTE = ShownValue.quoted("self.quote", CsvFormat::quote);
    private static final ShownValue<CsvFormat> ESCAPE =
            ShownValue.quoted("self.escape", csv -> Objects.requireNonNullElse(csv.escape(), ""));
    private static final ShownValue<CsvFormat> COMMENT =
            ShownValue.quoted("self.comment", csv -> Objects.requireNonNullElse(csv.comment(), ""));

    @Override
    public List<SpecRule<CsvFormat, ?>> rules() {
        return new RuleList<CsvFormat>()
                .add(
                        "quote",
                        "self.delimiter != self.quote",
                        csv -> !csv.delimiter().equals(csv.quote()),
                        IS_DELIMITER,
                        QUOTE)
                .add(
                        "escape",
                        "!has(self.escape) || self.quote != ''",
                        csv -> csv.escape() == null || !csv.quote().isEmpty(),
                        "%s has no effect without a quote: leave it out",
                        ESCAPE)
                .add(
                        "escape",
                        "!has(self.escape) || self.escape != self.delimiter",
                        csv -> !csv.delimiter().equals(csv.escape()),
                        IS_DELIMITER,
                        ESCAPE)
                .add(
                        "escape",
                        "!has(self.escape) || self.escape != self.quote",
                        csv -> !csv.quote().equals(csv.escape()),
                        "%s is the quote too: leave it out (quotes are doubled then)",
                        ESCAPE)
                .add(
                        "comment",
                        "!has(self.comment) || self.comment != self.delimiter",
                        csv -> !csv.delimiter().equals(csv.comment()),
                        IS_DELIMITER,
                        COMMENT)
                .add(
                        "comment",
                        "!has(self.comment) || self.comment != self.quote",
                        csv -> !csv.quote().equals(csv.comment()),
                        "%s is the quote too: choose another",
                        COMMENT)
                .add(
                        "nullText",
                        "!has(self.nullText) || !(self.nullText.matches('[\\n\\r]')"
                                + " || " + HAS_DELIMITER.replace("TEXT", "self.nullText")
                                + " || (self.quote != '' && self.nullText.contains(self.quote)))",
                        csv -> csv.nullText() == null || canBeNullText(csv, csv.nullText()),
                        IS_NO_FIELD)
                .add(
                        "columns",
                        "!has(self.columns) || !self.header",
                        csv -> csv.columns() == null || !csv.header(),
                        "has no effect with a header: set header: false, or leave this out")
                .add(
                        "columns",
                        "!has(self.columns) || self.columns.size() > 0",
                        csv -> csv.columns() == null || !csv.columns().isEmpty(),
                        "[] names no column: list all of them, or leave it out")
                .each(
                        "columns",
                        csv -> Objects.requireNonNullElse(csv.columns(), List.of()),
                        "!has(self.columns) || self.columns.all(c, self.columns.exists_one(o, o == c))",
                        (csv, column) -> csv.columns() == null || Collections.frequency(csv.columns(), column) == 1,
                        "has a name twice: tell those columns apart")
                .add(
                        "encoding",
                        "self.encoding.matches('^" + CsvFormat.ENCODING + "$')",
                        csv -> csv.encoding().matches(CsvFormat.ENCODING),
                        "%s is not a supported encoding: write for example UTF-8, UTF-16, latin1 or windows-1252",
                        ShownValue.quoted("self.encoding", CsvFormat::encoding))
                .add(
                        "nullTexts",
                        "!has(self.nullTexts) || !has(self.nullText)",
                        csv -> csv.nullTexts() == null || csv.nullText() == null,
                        "has no effect beside nullText: write all of the texts here, and leave nullText out")
                .add(
                        "nullTexts",
                        "!has(self.nullTexts) || self.nullTexts.size() > 0",
                        csv -> csv.nullTexts() == null || !csv.nullTexts().isEmpty(),
                        "[] names no text: list at least one, or leave it out")
                .each(
                        "nullTexts",
                        csv -> Objects.requireNonNullElse(csv.nullTexts(), List.of()),
                        "!has(self.nullTexts) || self.nullTexts.all(t, !(t.matches('[\\n\\r]') || "
                                + HAS_DELIMITER.replace("TEXT", "t")
                                + " || (self.quote != '' && t.contains(self.quote))))",
                        CsvRules::canBeNullText,
                        IS_NO_FIELD)
                .add(
                        "thousands",
                        "!has(self.thousands) || self.thousands != (has(self.decimal) ? self.decimal : '.')",
                        csv -> csv.thousands() == null
                                || !csv.thousands().equals(Objects.requireNonNullElse(csv.decimal(), ".")),
                        "%s is the character before fractions too: set decimal to another",
                        ShownValue.quoted("self.thousands", csv -> Objects.requireNonNullElse(csv.thousands(), "")))
                .add(
                        "delimiter",
                        "self.delimiter != '.' || !(has(self.decimal) || has(self.thousands))",
                        csv -> !".".equals(csv.delimiter()) || (csv.decimal() == null && csv.thousands() == null),
                        "\".\" cannot be used with decimal or thousands: choose another delimiter")
                .toList();
    }

    private static boolean canBeNullText(CsvFormat csv, String text) {
        String delimiters = csv.findsDelimiter() ? CsvFormat.FOUND_DELIMITERS : csv.delimiter();
        return !(text.contains("\n")
                || text.contains("\r")
                || text.chars().anyMatch(c -> delimiters.indexOf(c) >= 0)
                || (!csv.quote().isEmpty() && text.contains(csv.quote())));
    }
}
