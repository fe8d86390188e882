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
                                + " || self.nullText.contains(self.delimiter)"
                                + " || (self.quote != '' && self.nullText.contains(self.quote)))",
                        CsvRules::canBeNullText,
                        "cannot be the text of an unquoted field: leave out line breaks, the delimiter and the quote")
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
                        "self.encoding.matches('^" + CsvFormat.UTF_8 + "$')",
                        csv -> csv.encoding().matches(CsvFormat.UTF_8),
                        "%s is not supported, only UTF-8: convert the files first, for example with iconv -f %s -t UTF-8",
                        ShownValue.quoted("self.encoding", CsvFormat::encoding),
                        ShownValue.plain("self.encoding", CsvFormat::encoding))
                .toList();
    }

    private static boolean canBeNullText(CsvFormat csv) {
        String text = csv.nullText();
        return text == null
                || !(text.contains("\n")
                        || text.contains("\r")
                        || text.contains(csv.delimiter())
                        || (!csv.quote().isEmpty() && text.contains(csv.quote())));
    }
}
