package io.filejob.aggregate;

import io.filejob.api.FileJobSpec;
import io.filejob.spec.ComparisonSpec;
import io.filejob.spec.CsvFormat;
import io.filejob.spec.MeasureSpec;
import io.filejob.spec.aggregate.AggregateSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides whether the columns that a job names are in its files. */
final class HeaderOracle {
    /** A file without these columns; the message of the job's failure contains one of {@code words}. */
    record Fault(String file, List<String> words) {}

    private final CsvFormat format;
    private final List<String> wanted;
    private final boolean isSingle;
    /** The header of the first file with one. */
    private @Nullable List<String> first;

    private HeaderOracle(FileJobSpec job, int files) {
        AggregateSpec spec = (AggregateSpec) job.operation().chosen();
        this.format = Objects.requireNonNull(
                Objects.requireNonNull(job.input().format()).csv());
        this.isSingle = files == 1;
        this.wanted = Stream.of(
                        spec.keys().stream(),
                        spec.rowFilters().stream().map(ComparisonSpec::column),
                        spec.measures().stream().map(MeasureSpec::column).flatMap(Stream::ofNullable))
                .flatMap(Function.identity())
                .distinct()
                .toList();
    }

    /** Returns the first file at fault, if there is one; {@code files} are the contents by name, in input order. */
    static Optional<Fault> of(FileJobSpec job, SequencedMap<String, byte[]> files) {
        HeaderOracle oracle = new HeaderOracle(job, files.size());
        return files.entrySet().stream()
                .map(file -> new Fault(file.getKey(), oracle.faults(CsvOracle.read(file.getValue(), oracle.format))))
                .filter(fault -> !fault.words().isEmpty())
                .findFirst();
    }

    private List<String> faults(CsvOracle.Csv csv) {
        boolean isNamed = format.columns() != null;
        CsvOracle.Row record = csv.first();
        if (!isNamed && (record == null || record.bad() != null)) {
            boolean isMalformed = record != null || csv.unclosed() != null;
            return isMalformed ? List.of("is malformed") : List.of();
        }
        List<String> names = isNamed
                ? Objects.requireNonNull(format.columns()).stream()
                        .map(ByteText::of)
                        .toList()
                : csv.names();
        List<String> faults = new ArrayList<>();
        if (format.header()
                && record != null
                && record.raw().chars().anyMatch(c -> c < '\t' || (c > '\r' && c < ' '))) {
            faults.add("its header is not text");
        }
        wanted.forEach(column -> fault(names, column).ifPresent(faults::add));
        if (!faults.isEmpty() && names.stream().anyMatch(name -> !ByteText.isUtf8(name))) {
            faults.add("its header is not UTF-8");
        }
        if (format.header() && !isSingle) {
            first = first == null ? names : first;
            boolean isByPosition = wanted.stream().map(ByteText::of).noneMatch(names::contains);
            if (isByPosition && !first.equals(names)) {
                faults.add("is not the header of");
            }
        }
        return faults;
    }

    private static Optional<String> fault(List<String> names, String column) {
        int index = names.indexOf(ByteText.of(column));
        if (index >= 0) {
            return names.lastIndexOf(ByteText.of(column)) == index ? Optional.empty() : Optional.of("two columns \"");
        }
        boolean isPosition =
                column.matches("#[1-9][0-9]{0,5}") && Integer.parseInt(column.substring(1)) <= names.size();
        return isPosition ? Optional.empty() : Optional.of("no column ");
    }
}
