package io.filejob.aggregate;

import io.filejob.aggregate.CsvOracle.Csv;
import io.filejob.aggregate.CsvOracle.Row;
import io.filejob.api.FileJobSpec;
import io.filejob.spec.ComparisonSpec;
import io.filejob.spec.CsvFormat;
import io.filejob.spec.MeasureSpec;
import io.filejob.spec.OnBadRecord;
import io.filejob.spec.ValueType;
import io.filejob.spec.aggregate.AggregateSpec;
import io.filejob.spec.aggregate.TopSpec;
import io.filejob.status.JobResult;
import io.filejob.status.Rejected;
import io.filejob.status.RejectedRecord;
import io.filejob.status.RowCounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Expected outcome of an aggregation: keeps all rows of a group and evaluates them when the input is complete. */
final class AggregateOracle {
    private static final String UNCLOSED = "quote opened here is never closed";

    private final FileJobSpec job;
    private final AggregateSpec spec;
    private final CsvFormat format;
    private final @Nullable String nullText;
    private final SortedMap<List<Cell>, List<RowOracle.Used>> groups = new TreeMap<>(Cell.LIST_ORDER);
    private final List<RejectedRecord> rejected = new ArrayList<>();
    private final StringBuilder rejects = new StringBuilder("source,line,column,reason,record\n");
    private final List<String> failures = new ArrayList<>();
    private long used;

    private AggregateOracle(FileJobSpec job) {
        this.job = job;
        this.spec = (AggregateSpec) job.operation().chosen();
        this.format = Objects.requireNonNull(
                Objects.requireNonNull(job.input().format()).csv());
        this.nullText = format.nullText() == null ? null : ByteText.of(format.nullText());
        if (spec.keys().isEmpty()) {
            groups.put(List.of(), new ArrayList<>());
        }
    }

    /**
     * Computes the outcome for {@code files}, the contents by source in input order; the spec's own input patterns are
     * ignored.
     */
    static Expected of(FileJobSpec job, SequencedMap<String, byte[]> files) {
        AggregateOracle oracle = new AggregateOracle(job);
        files.forEach(oracle::read);
        return oracle.result();
    }

    private void read(String source, byte[] file) {
        Csv csv = CsvOracle.read(file, format);
        RowOracle rows = new RowOracle(spec, nullText, csv.names());
        for (Row row : csv.rows()) {
            String bad = row.bad();
            if (bad != null) {
                reject(new RejectedRecord(source, row.line(), null, bad, ByteText.shown(row.raw())), row.raw());
                continue;
            }
            RowOracle.Verdict verdict = rows.judge(row.fields());
            RowOracle.Fault fault = verdict.fault();
            if (fault != null) {
                String text = ByteText.shown(fault.text());
                reject(new RejectedRecord(source, row.line(), fault.column(), fault.reason(), text), row.raw());
                continue;
            }
            used++;
            RowOracle.Used taken = verdict.used();
            if (taken != null) {
                groups.computeIfAbsent(taken.keys(), _ -> new ArrayList<>()).add(taken);
            }
        }
        CsvOracle.Unclosed unclosed = csv.unclosed();
        if (unclosed != null) {
            String text = ByteText.shown(unclosed.raw());
            failures.add(new RejectedRecord(source, unclosed.line(), null, UNCLOSED, text).describe());
        }
    }

    private void reject(RejectedRecord record, String raw) {
        rejected.add(record);
        if (job.onBadRecord() == OnBadRecord.FAIL) {
            failures.add(record.describe());
        }
        String column = record.column();
        List<Cell> cells = Stream.of(
                        record.source(), Long.toString(record.line()), column == null ? "" : column, record.reason())
                .map(text -> new Cell(ByteText.of(text)))
                .toList();
        rejects.append(CsvText.line(
                Stream.concat(cells.stream(), Stream.of(new Cell(raw))).toList(), null));
    }

    private Expected result() {
        RowCounts rows = new RowCounts(used + rejected.size(), used, rejected.size());
        TolerationOracle.check(job.tolerated(), rows, rejected).ifPresent(message -> {
            if (failures.isEmpty()) {
                failures.add(message);
            }
        });
        List<List<Cell>> result = ranked(groups.entrySet().stream()
                .map(group -> Stream.concat(group.getKey().stream(), measures(group.getValue()))
                        .toList())
                .filter(this::isPutOut)
                .toList());
        StringBuilder output = new StringBuilder();
        if (job.output() == null || job.output().header()) {
            output.append(CsvText.line(
                    spec.outputColumns().stream()
                            .map(name -> new Cell(ByteText.of(name)))
                            .toList(),
                    null));
        }
        result.forEach(line -> output.append(CsvText.line(line, nullText)));
        return new Expected(
                List.copyOf(failures),
                rows,
                result.size(),
                result.stream().limit(JobResult.MAX_ROWS).map(this::shown).toList(),
                output.toString(),
                rejected.stream().limit(Rejected.MAX_SAMPLES).toList(),
                rejects.toString());
    }

    private Stream<Cell> measures(List<RowOracle.Used> rows) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < spec.measures().size(); i++) {
            int measure = i;
            List<String> values = rows.stream()
                    .map(row -> row.values().get(measure))
                    .filter(cell -> !cell.isNull())
                    .map(Cell::value)
                    .toList();
            cells.add(MeasureOracle.of(spec.measures().get(measure), values));
        }
        return cells.stream();
    }

    private boolean isPutOut(List<Cell> line) {
        return spec.groupFilters().stream().allMatch(filter -> holds(filter, line));
    }

    private boolean holds(ComparisonSpec filter, List<Cell> line) {
        Cell cell = line.get(column(filter.column()));
        return !cell.isNull()
                && filter.operator()
                        .holds(Typed.order(type(filter)).compare(cell.value(), ByteText.of(filter.value())));
    }

    private List<List<Cell>> ranked(List<List<Cell>> byKey) {
        TopSpec top = spec.top();
        if (top == null) {
            return byKey;
        }
        int column = column(top.by());
        Comparator<String> values = Typed.order(type(top.by()));
        Comparator<String> order = top.order() == TopSpec.Order.DESCENDING ? values.reversed() : values;
        Comparator<List<Cell>> rank =
                Comparator.comparing(line -> line.get(column).text(), Comparator.nullsLast(order));
        // Sorting is stable, so ties keep the order of their keys.
        return byKey.stream().sorted(rank).limit(top.limit()).toList();
    }

    private int column(String name) {
        return spec.outputColumns().indexOf(name);
    }

    /** Returns a measure's result type, or for a key the type given by the filter. */
    private ValueType type(ComparisonSpec filter) {
        return Objects.requireNonNullElse(filter.type(), type(filter.column()));
    }

    private ValueType type(String outputColumn) {
        return spec.measures().stream()
                .filter(measure -> measure.outputName().equals(outputColumn))
                .map(MeasureSpec::resultType)
                .findFirst()
                .orElse(ValueType.STRING);
    }

    private List<String> shown(List<Cell> line) {
        String nothing = Objects.requireNonNullElse(format.nullText(), "");
        return line.stream()
                .map(cell -> cell.isNull() ? nothing : ByteText.decode(cell.value()))
                .toList();
    }
}
