package io.filejob.benchmarks;

import io.filejob.aggregate.Grouper;
import io.filejob.csv.BadRecordSink;
import io.filejob.csv.ByteSource;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FileRange;
import io.filejob.csv.OnBad;
import io.filejob.csv.RangeOutcome;
import io.filejob.csv.RowConsumer;
import io.filejob.csv.RowReader;
import io.filejob.group.GroupSchema;
import io.filejob.spec.MeasureFunction;
import io.filejob.spec.MeasureSpec;
import io.filejob.spec.aggregate.AggregateSpec;
import io.filejob.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cost of a row of {@code station;temperature} on one thread, from a file in the page cache: scanned only, with its
 * group looked up, and with all measures.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GroupBenchmark {
    private static final int ROWS = 500_000;
    private static final int MEMORY = 64 << 20;
    private static final int INLINE = 64 << 10;

    private static final CsvDialect DIALECT = new CsvDialect(
            (byte) ';', (byte) 0, (byte) 0, (byte) 0, false, List.of("station", "temperature"), "", false);

    private final GroupSchema counts = schema(new MeasureSpec(MeasureFunction.COUNT, null, null, null));
    private final GroupSchema extremes = schema(
            new MeasureSpec(MeasureFunction.MIN, "temperature", null, null),
            new MeasureSpec(MeasureFunction.AVG, "temperature", null, null),
            new MeasureSpec(MeasureFunction.MAX, "temperature", null, null));

    private final RowReader keys = reader(counts);
    private final RowReader keysAndNumbers = reader(extremes);
    private final Grouper counting = new Grouper(counts, MEMORY, INLINE);
    private final Grouper measuring = new Grouper(extremes, MEMORY, INLINE);
    private Path file = Path.of("");

    private static GroupSchema schema(MeasureSpec... measures) {
        return new GroupSchema(new AggregateSpec(List.of("station"), List.of(measures), null, null, null), DIALECT);
    }

    private static RowReader reader(GroupSchema schema) {
        return new RowReader(DIALECT, schema.columns(), OnBad.FAIL, BadRecordSink.NONE);
    }

    /** Writes the file. */
    @Setup
    public void write() throws IOException {
        file = Files.createTempFile("filejob-benchmark-", ".csv");
        try (RowBuffer out = new RowBuffer(file)) {
            StationRows.write(ROWS, out);
        }
    }

    /** Deletes the file. */
    @TearDown
    public void remove() throws IOException {
        Files.delete(file);
    }

    /** Runs the scanner only: finds the positions of all fields. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long scanned() throws IOException {
        return read(keysAndNumbers, batch -> {});
    }

    /** Runs the scanner and the table: looks up and counts each row's group. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long counted() throws IOException {
        return read(keys, batch -> counting.use(batch));
    }

    /** Runs the scanner, the table, the number parser and three measures, step by step over batches. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long measuredInBatches() throws IOException {
        return read(keysAndNumbers, batch -> measuring.use(batch));
    }

    /** Computes the same with the fast path for keys and one number. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long measured() throws IOException {
        return read(keysAndNumbers, measuring);
    }

    private long read(RowReader reader, RowConsumer rows) throws IOException {
        try (ByteSource source = Storage.local(file)) {
            RangeOutcome outcome = reader.read(FileRange.whole(source), rows);
            return outcome.rowsUsed();
        }
    }
}
