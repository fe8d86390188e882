package io.filejob.api;

import io.filejob.spec.CsvFormat;
import io.filejob.spec.FormatSpec;
import io.filejob.spec.OnBadRecord;
import io.filejob.spec.VolumeSpec;
import io.filejob.spec.average.AverageSpec;
import io.filejob.spec.ingest.IngestSpec;
import io.filejob.validation.RuleList;
import io.filejob.validation.RuleSet;
import io.filejob.validation.ShownValue;
import io.filejob.validation.SpecRule;
import io.filejob.value.ByteSize;
import io.filejob.value.Location;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules between the sections of a spec. */
final class JobRules implements RuleSet<FileJobSpec> {
    private static final String WITHOUT_SKIP = "has no effect without onBadRecord: skip: add that, or leave this out";

    private static final String LINES = "(has(self.input.format) && has(self.input.format.lines))";
    private static final String NOT_CSV = "(has(self.input.generate) || " + LINES + ")";
    private static final ShownValue<FileJobSpec> INPUT = ShownValue.plain(
            "has(self.input.generate) ? 'generated' : 'lines'",
            spec -> spec.input().generate() != null ? "generated" : "lines");
    private static final String NEEDS_CSV = "needs columns, but the input is %s: use CSV files";

    @Override
    public List<SpecRule<FileJobSpec, ?>> rules() {
        RuleList<FileJobSpec> rules = new RuleList<>();
        badRecords(rules);
        resources(rules);
        operation(rules);
        images(rules);
        FormatRules.add(rules);
        return rules.toList();
    }

    private static void badRecords(RuleList<FileJobSpec> rules) {
        rules.add(
                        "tolerated",
                        "!has(self.tolerated) || self.onBadRecord == 'skip'",
                        spec -> spec.tolerated() == null || spec.onBadRecord() == OnBadRecord.SKIP,
                        WITHOUT_SKIP)
                .add(
                        "rejects",
                        "!has(self.rejects) || self.onBadRecord == 'skip'",
                        spec -> spec.rejects() == null || spec.onBadRecord() == OnBadRecord.SKIP,
                        WITHOUT_SKIP)
                .add(
                        "rejects.uri",
                        "!has(self.rejects) || !has(self.output) || !has(self.output.uri)"
                                + " || self.output.parts > 1 || self.rejects.uri != self.output.uri",
                        spec -> spec.rejects() == null
                                || spec.output() == null
                                || spec.output().parts() > 1
                                || !spec.rejects().uri().equals(spec.output().uri()),
                        "is the output too: name another file");
    }

    private static void resources(RuleList<FileJobSpec> rules) {
        rules.add(
                        "memory",
                        "!has(self.memory) || !isQuantity(string(self.memory)) || quantity(string(self.memory))"
                                + ".compareTo(quantity('" + FileJobSpec.MIN_MEMORY + "')) >= 0",
                        spec -> spec.memoryBytes()
                                >= ByteSize.parse(FileJobSpec.MIN_MEMORY).bytes(),
                        "is less than " + FileJobSpec.MIN_MEMORY + ": use that or more")
                .add(
                        "output.parts",
                        "!has(self.output) || self.output.parts <= 1 || has(self.operation.aggregate)"
                                + " || has(self.operation.ingest)",
                        spec -> spec.output() == null
                                || spec.output().parts() <= 1
                                || spec.operation().aggregate() != null
                                || spec.operation().ingest() != null,
                        "has no effect without aggregate: leave it out")
                .add(
                        "input.format.csv.nullText",
                        "!has(self.output) || !has(self.operation.aggregate) || !has(self.input.format)"
                                + " || !has(self.input.format.csv) || !has(self.input.format.csv.nullText)"
                                + " || !self.input.format.csv.nullText.matches('" + CsvFormat.SPECIAL_IN_OUTPUT + "')",
                        spec -> spec.output() == null
                                || spec.operation().aggregate() == null
                                || !Pattern.compile(CsvFormat.SPECIAL_IN_OUTPUT)
                                        .matcher(nullText(spec))
                                        .find(),
                        "%s cannot stand for no value in the output, where ',' and '\"' mean something: choose another",
                        ShownValue.quoted("self.input.format.csv.nullText", JobRules::nullText))
                .add(
                        "s3",
                        "!has(self.s3) || (has(self.input.files) && self.input.files.exists(f, " + s3("f") + "))"
                                + " || (has(self.output) && has(self.output.uri) && " + s3("self.output.uri") + ")"
                                + " || (has(self.rejects) && " + s3("self.rejects.uri") + ")"
                                + " || (has(self.store) && " + s3("self.store.uri") + ")"
                                + " || has(self.operation.compressImages)",
                        spec -> spec.s3() == null
                                || spec.operation().compressImages() != null
                                || locations(spec).anyMatch(uri -> uri.startsWith(Location.S3_SCHEME)),
                        "has no effect where no place is an s3: URI: leave it out")
                .each(
                        "volumes",
                        spec -> Objects.requireNonNullElse(spec.volumes(), List.of()),
                        "!has(self.volumes) || self.volumes.all(v, self.volumes.exists_one(o, o.name == v.name))",
                        (spec, volume) -> isOnly(spec, volume, VolumeSpec::name),
                        "has two of one name: choose another")
                .each(
                        "volumes",
                        spec -> Objects.requireNonNullElse(spec.volumes(), List.of()),
                        "!has(self.volumes) || self.volumes.all(v, self.volumes.exists_one(o, o.mountPath == v.mountPath))",
                        (spec, volume) -> isOnly(spec, volume, VolumeSpec::mountPath),
                        "has two of one mountPath: choose another");
    }

    private static String s3(String location) {
        return location + ".startsWith('" + Location.S3_SCHEME + "')";
    }

    private static Stream<String> locations(FileJobSpec spec) {
        Stream<@Nullable String> written = Stream.of(
                spec.output() == null ? null : spec.output().uri(),
                spec.rejects() == null ? null : spec.rejects().uri(),
                spec.store() == null ? null : spec.store().uri());
        return Stream.concat(
                Objects.requireNonNullElse(spec.input().files(), List.<String>of()).stream(),
                written.flatMap(Stream::ofNullable));
    }

    private static boolean isOnly(FileJobSpec spec, VolumeSpec volume, Function<VolumeSpec, String> member) {
        return Objects.requireNonNullElse(spec.volumes(), List.<VolumeSpec>of()).stream()
                        .filter(other -> member.apply(volume).equals(member.apply(other)))
                        .count()
                == 1;
    }

    private static void operation(RuleList<FileJobSpec> rules) {
        rules.add(
                        "operation.aggregate",
                        "!has(self.operation.aggregate) || !" + NOT_CSV,
                        spec -> spec.operation().aggregate() == null || isCsv(spec),
                        NEEDS_CSV,
                        INPUT)
                .add(
                        "operation.ingest",
                        "!has(self.operation.ingest) || !" + NOT_CSV,
                        spec -> spec.operation().ingest() == null || isCsv(spec),
                        NEEDS_CSV,
                        INPUT)
                .add(
                        "operation.ingest.columns",
                        "!has(self.operation.ingest) || has(self.operation.ingest.columns)"
                                + " || !has(self.input.format) || !has(self.input.format.csv)"
                                + " || self.input.format.csv.header || has(self.input.format.csv.columns)",
                        JobRules::columnsHaveNames,
                        "is required where the input has neither a header nor format.csv.columns: say which go where")
                .add(
                        "output",
                        "!has(self.operation.ingest) || !has(self.output)",
                        spec -> spec.operation().ingest() == null || spec.output() == null,
                        "has no effect with ingest, since the rows go into the table: leave it out")
                .add(
                        "operation.average.column",
                        "!has(self.operation.average) || !has(self.operation.average.column) || !" + NOT_CSV,
                        spec -> averageColumn(spec).isEmpty() || isCsv(spec),
                        "%s has no effect where the input is %s: leave it out",
                        ShownValue.quoted("self.operation.average.column", JobRules::averageColumn),
                        INPUT)
                .add(
                        "operation.average.column",
                        "!has(self.operation.average) || has(self.operation.average.column)"
                                + " || !has(self.input.files) || has(self.input.generate) || " + LINES,
                        spec -> spec.operation().average() == null
                                || spec.operation().average().column() != null
                                || spec.input().files() == null
                                || !isCsv(spec),
                        "is required for CSV: name the column that holds the numbers (or set spec.input.format.lines: {})");
    }

    private static void images(RuleList<FileJobSpec> rules) {
        rules.add(
                        "operation.compressImages",
                        "!has(self.operation.compressImages) || !" + NOT_CSV,
                        spec -> spec.operation().compressImages() == null || isCsv(spec),
                        NEEDS_CSV,
                        INPUT)
                .add(
                        "output",
                        "!has(self.operation.compressImages) || (has(self.output) && has(self.output.uri))",
                        spec -> spec.operation().compressImages() == null
                                || (spec.output() != null && spec.output().uri() != null),
                        "is required for compressImages: name the file of the rows with their images in output.uri")
                .add(
                        "input.sliceBytes",
                        "!has(self.operation.compressImages) || !has(self.input.sliceBytes)",
                        spec -> spec.operation().compressImages() == null
                                || spec.input().sliceBytes() == null,
                        "has no effect with compressImages, whose slices consist of images: leave it out")
                .add(
                        "input.format.csv.nullText",
                        "!has(self.operation.compressImages) || !has(self.input.format)"
                                + " || !has(self.input.format.csv) || !has(self.input.format.csv.nullText)",
                        spec -> spec.operation().compressImages() == null || !hasNullText(spec),
                        "has no effect with compressImages, which copies all fields: leave it out");
    }

    private static boolean hasNullText(FileJobSpec spec) {
        FormatSpec format = spec.input().format();
        return format != null && format.csv() != null && format.csv().nullText() != null;
    }

    private static boolean isCsv(FileJobSpec spec) {
        FormatSpec format = spec.input().format();
        return spec.input().generate() == null && (format == null || format.lines() == null);
    }

    private static String nullText(FileJobSpec spec) {
        FormatSpec format = spec.input().format();
        CsvFormat csv = format == null ? null : format.csv();
        return csv == null ? "" : Objects.requireNonNullElse(csv.nullText(), "");
    }

    private static String averageColumn(FileJobSpec spec) {
        AverageSpec average = spec.operation().average();
        return average == null ? "" : Objects.requireNonNullElse(average.column(), "");
    }

    private static boolean columnsHaveNames(FileJobSpec spec) {
        IngestSpec ingest = spec.operation().ingest();
        FormatSpec format = spec.input().format();
        CsvFormat csv = format == null ? null : format.csv();
        return ingest == null || ingest.columns() != null || csv == null || csv.header() || csv.columns() != null;
    }
}
