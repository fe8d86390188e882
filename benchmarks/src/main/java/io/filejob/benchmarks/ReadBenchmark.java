package io.filejob.benchmarks;

import io.filejob.csv.ByteSource;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FileRange;
import io.filejob.csv.OnBad;
import io.filejob.csv.RangeReader;
import io.filejob.csv.TextFormat;
import io.filejob.numeric.DecimalSum;
import io.filejob.storage.Storage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Cost of reading a file of about 8 MB from the page cache and adding up its numbers, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadBenchmark {
    private static final int BYTES = 8_000_000;

    /** Formats of the file. */
    public enum Text {
        /** One price per line. */
        LINES,
        /** Products; their prices are added up. */
        CSV
    }

    /** Format of the file. */
    @Param
    public Text text = Text.LINES;

    private Path file = Path.of("");
    private RangeReader reader = new RangeReader(new TextFormat.Lines(), OnBad.FAIL);
    private final NewlineScan scan = new NewlineScan();
    private final DecimalSum sum = new DecimalSum();

    /** Writes the file. */
    @Setup
    public void write() throws IOException {
        file = Files.createTempFile("filejob-benchmark-", ".txt");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            switch (text) {
                case LINES -> out.write(SampleData.lines(42, BYTES / 7));
                case CSV -> SampleData.products(42, BYTES, out);
            }
        }
        TextFormat format =
                switch (text) {
                    case LINES -> new TextFormat.Lines();
                    case CSV -> new TextFormat.Csv(CsvDialect.standard(), "price");
                };
        reader = new RangeReader(format, OnBad.FAIL);
    }

    /** Deletes the file. */
    @TearDown
    public void remove() throws IOException {
        Files.delete(file);
    }

    /** Reads the file with FileJob's reader. */
    @Benchmark
    public long rangeReader() throws IOException {
        sum.reset();
        try (ByteSource source = Storage.local(file)) {
            return reader.read(FileRange.whole(source), sum).rowsUsed();
        }
    }

    /** Counts the lines only. */
    @Benchmark
    public long newlineScan() throws IOException {
        return scan.count(file, 0, Files.size(file));
    }
}
