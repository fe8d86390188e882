package io.filejob.spec;

import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.ShownValue;
import io.filejob.validation.SpecRule;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** The rules between the fields of a timestamp. */
final class TimestampRules implements RuleSet<TimestampSpec> {
    private static final Pattern TOO_LONG = Pattern.compile(TimestampSpec.TOO_LONG);

    @Override
    public List<SpecRule<TimestampSpec, ?>> rules() {
        return new RuleList<TimestampSpec>()
                .add(
                        "format",
                        "!has(self.format) || (self.format.matches('^" + TimestampSpec.FORMAT
                                + "$') && !self.format.matches('" + TimestampSpec.TOO_LONG
                                + "') && self.format.contains('yyyy') && self.format.contains('M')"
                                + " && self.format.contains('d'))",
                        timestamp -> timestamp.format() == null || isFormat(timestamp.format()),
                        "%s is not a supported format: write yyyy, M or MM, d or dd, perhaps H or HH, mm and ss, and the characters between them",
                        ShownValue.quoted(
                                "self.format", timestamp -> Objects.requireNonNullElse(timestamp.format(), "")))
                .add(
                        "truncate",
                        "!has(self.format) || self.truncate != 'hour' || self.format.contains('H')",
                        timestamp -> timestamp.format() == null
                                || timestamp.truncate() != TimestampUnit.HOUR
                                || timestamp.format().contains("H"),
                        "hour needs an hour in format: add HH, or choose day")
                .toList();
    }

    private static boolean isFormat(String format) {
        return format.matches(TimestampSpec.FORMAT)
                && !TOO_LONG.matcher(format).find()
                && format.contains("yyyy")
                && format.contains("M")
                && format.contains("d");
    }
}
