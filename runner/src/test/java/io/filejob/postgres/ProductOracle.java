package io.filejob.postgres;

import io.filejob.aggregate.ByteText;
import io.filejob.aggregate.CsvOracle;
import io.filejob.aggregate.CsvOracle.Row;
import io.filejob.api.FileJob;
import io.filejob.spec.ColumnSpec;
import io.filejob.spec.CsvFormat;
import io.filejob.spec.ingest.IngestSpec;
import io.filejob.status.RowCounts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Expected good rows of the files of a {@link RandomIngest}, and expected messages for the other records. */
final class ProductOracle {
    private final IngestSpec spec;
    private final CsvFormat format;
    private final List<ColumnSpec> columns;
    private final List<List<@Nullable String>> good = new ArrayList<>();
    private final List<String> places = new ArrayList<>();
    private final StringBuilder rejects = new StringBuilder("source,line,column,reason,record\n");
    private long rejected;

    ProductOracle(FileJob job) {
        spec = (IngestSpec) job.spec().operation().chosen();
        columns = Objects.requireNonNull(spec.columns());
        format = Objects.requireNonNull(
                Objects.requireNonNull(job.spec().input().format()).csv());
    }

    /** Reads a further file. */
    void read(String source, byte[] file) {
        CsvOracle.Csv csv = CsvOracle.read(file, format);
        for (Row row : csv.rows()) {
            Fault fault = row.bad() != null ? new Fault("", row.bad()) : fault(row);
            if (fault == null) {
                good.add(RandomIngest.COLUMNS.stream()
                        .map(column -> value(row, RandomIngest.COLUMNS.indexOf(column)))
                        .toList());
                places.add(source + ":" + row.line() + ": ");
            } else {
                rejected++;
                rejects.append(
                        record(List.of(source, Long.toString(row.line()), fault.column(), fault.reason()), row.raw()));
            }
        }
    }

    private record Fault(String column, String reason) {}

    private @Nullable Fault fault(Row row) {
        for (ColumnSpec column : columns) {
            String text = row.fields().get(index(column)).text();
            if (text.indexOf(0) >= 0) {
                return new Fault(column.from(), RowCheck.NUL);
            }
            if (!ByteText.isUtf8(text)) {
                return new Fault(column.from(), RowCheck.NOT_UTF8);
            }
        }
        for (ColumnSpec column : columns) {
            if (spec.keyColumns().contains(column.target()) && value(row, index(column)) == null) {
                return new Fault(column.from(), RowCheck.NULL_KEY);
            }
        }
        String price = value(row, 3);
        String from = columns.stream()
                .filter(column -> column.target().equals("price"))
                .findFirst()
                .orElseThrow()
                .from();
        if (price == null || price.matches("-?[0-9]{1,9}|2147483647")) {
            return null;
        }
        return price.matches("[0-9]+")
                ? new Fault(from, "value \"" + price + "\" is out of range for type integer")
                : new Fault(from, "invalid input syntax for type integer");
    }

    private static int index(ColumnSpec column) {
        return RandomIngest.COLUMNS.indexOf(column.target());
    }

    private @Nullable String value(Row row, int index) {
        CsvOracle.Field field = row.fields().get(index);
        String nulls = format.nullText();
        boolean isNull = nulls != null && !field.quoted() && field.text().equals(ByteText.of(nulls));
        return isNull ? null : ByteText.decode(field.text());
    }

    private static String record(List<String> fields, String raw) {
        return Stream.concat(fields.stream().map(ByteText::of), Stream.of(raw))
                        .map(text -> text.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0)
                                ? '"' + text.replace("\"", "\"\"") + '"'
                                : text)
                        .collect(Collectors.joining(","))
                + "\n";
    }

    /** Returns the expected outcome for a table with these rows. */
    IngestOracle.Expected expected(List<List<@Nullable String>> before) {
        return IngestOracle.of(spec, RandomIngest.COLUMNS, good, before);
    }

    RowCounts rows() {
        return new RowCounts(good.size() + rejected, good.size(), rejected);
    }

    /** Returns the expected file of bad records, a {@link ByteText}. */
    String rejects() {
        return rejects.toString();
    }

    /** Returns the location of the row that fails the job and the reason. */
    List<String> failure(List<List<@Nullable String>> before) {
        if (spec.duplicateRows() == IngestSpec.Duplicates.ERROR) {
            int repeated = firstKnown(new HashSet<>(), true);
            if (repeated >= 0) {
                return List.of(places.get(repeated), "its key also occurs in an earlier row");
            }
        }
        Set<List<@Nullable String>> keys = before.stream().map(this::key).collect(Collectors.toSet());
        return List.of(places.get(firstKnown(keys, false)), "its key is in the table already");
    }

    private int firstKnown(Set<List<@Nullable String>> known, boolean adding) {
        for (int i = 0; i < good.size(); i++) {
            List<@Nullable String> key = key(good.get(i));
            if (known.contains(key)) {
                return i;
            }
            if (adding) {
                known.add(key);
            }
        }
        return -1;
    }

    private List<@Nullable String> key(List<@Nullable String> row) {
        List<@Nullable String> key = new ArrayList<>();
        spec.keyColumns().forEach(name -> key.add(row.get(RandomIngest.COLUMNS.indexOf(name))));
        return key;
    }
}
