package io.filejob.api;

import io.filejob.spec.CsvFormat;
import io.filejob.spec.FormatSpec;
import io.filejob.validation.RuleList;
import io.filejob.validation.ShownValue;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules between settings of the input's format and those of the operation and the output. */
final class FormatRules {
    private static final String CSV = "self.input.format.csv";
    private static final String IS_CSV = "has(self.input.format) && has(" + CSV + ")";

    private FormatRules() {}

    static void add(RuleList<FileJobSpec> rules) {
        rules.add(
                "input.format.csv.nullTexts",
                "!has(self.output) || !has(self.operation.aggregate) || !(" + IS_CSV + ") || !has(" + CSV
                        + ".nullTexts) || " + CSV + ".nullTexts.size() == 0 || !" + CSV + ".nullTexts[0].matches('"
                        + CsvFormat.SPECIAL_IN_OUTPUT + "')",
                spec -> spec.output() == null
                        || spec.operation().aggregate() == null
                        || !Pattern.compile(CsvFormat.SPECIAL_IN_OUTPUT)
                                .matcher(firstNullText(spec))
                                .find(),
                "%s cannot stand for no value in the output, where ',' and '\"' mean something: list another first",
                ShownValue.quoted(CSV + ".nullTexts[0]", FormatRules::firstNullText));
        ofImages(rules, "nullTexts", CsvFormat::nullTexts);
        ofImages(rules, "decimal", CsvFormat::decimal);
        ofImages(rules, "thousands", CsvFormat::thousands);
        ofImages(rules, "fillMissing", CsvFormat::fillMissing);
        ofImages(rules, "fillColumns", CsvFormat::fillColumns);
        rules.add(
                "input.format.csv.encoding",
                "!has(self.operation.compressImages) || !(" + IS_CSV + ") || " + CSV + ".encoding.matches('^"
                        + CsvFormat.UTF_8 + "$')",
                spec -> spec.operation().compressImages() == null || isUtf8(csv(spec)),
                "is not supported with compressImages, which copies rows as they are: convert the file to UTF-8 first");
    }

    /** Adds the rule that a setting is absent from a job that compresses images. */
    private static void ofImages(
            RuleList<FileJobSpec> rules, String field, Function<CsvFormat, @Nullable Object> setting) {
        rules.add(
                "input.format.csv." + field,
                "!has(self.operation.compressImages) || !(" + IS_CSV + ") || !has(" + CSV + "." + field + ")",
                spec -> spec.operation().compressImages() == null || !isSet(csv(spec), setting),
                "has no effect with compressImages, which copies all fields: leave it out");
    }

    private static boolean isSet(@Nullable CsvFormat csv, Function<CsvFormat, @Nullable Object> setting) {
        return csv != null && setting.apply(csv) != null;
    }

    private static boolean isUtf8(@Nullable CsvFormat csv) {
        return csv == null || csv.encoding().matches(CsvFormat.UTF_8);
    }

    private static @Nullable CsvFormat csv(FileJobSpec spec) {
        FormatSpec format = spec.input().format();
        return format == null ? null : format.csv();
    }

    private static String firstNullText(FileJobSpec spec) {
        CsvFormat csv = csv(spec);
        List<String> texts = csv == null ? List.of() : Objects.requireNonNullElse(csv.nullTexts(), List.of());
        return texts.isEmpty() ? "" : texts.getFirst();
    }
}
