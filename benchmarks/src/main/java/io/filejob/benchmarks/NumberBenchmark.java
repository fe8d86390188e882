package io.filejob.benchmarks;

import io.filejob.csv.CsvDialect;
import io.filejob.csv.ShortDecimal;
import io.filejob.numeric.DecimalSum;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Cost of parsing one number in any notation and adding it exactly. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NumberBenchmark {
    private static final int NUMBERS = 10_000;

    /** Notations of the numbers. */
    public enum NumberKind {
        /** For example {@code 123.45}. */
        PRICE,
        /** For example {@code -12345.6789012345678}. */
        LONG,
        /** For example {@code 1.2345e-3}. */
        EXPONENT
    }

    /** Notation of the numbers. */
    @Param
    public NumberKind kind = NumberKind.PRICE;

    private byte[] text = {};
    private int[] ends = {};
    private final DecimalSum sum = new DecimalSum();
    private final ShortDecimal simple = new ShortDecimal(CsvDialect.standard());

    /** Writes the numbers one after the other. */
    @Setup
    public void write() {
        SplittableRandom random = new SplittableRandom(42);
        StringBuilder numbers = new StringBuilder();
        ends = new int[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            numbers.append(
                    switch (kind) {
                        case PRICE -> BigDecimal.valueOf(random.nextInt(100_001), 2);
                        case LONG -> BigDecimal.valueOf(random.nextLong(), 13).toPlainString();
                        case EXPONENT -> "1." + random.nextInt(10_000) + "e-" + random.nextInt(10);
                    });
            ends[i] = numbers.length();
        }
        // Parsers that load eight bytes at a time read beyond the last number.
        byte[] all = numbers.toString().getBytes(StandardCharsets.US_ASCII);
        text = Arrays.copyOf(all, all.length + 2 * Long.BYTES);
    }

    /** FileJob's general parser and exact sum. */
    @Benchmark
    @OperationsPerInvocation(NUMBERS)
    public long decimalSum() {
        sum.reset();
        int from = 0;
        for (int end : ends) {
            sum.add(text, from, end);
            from = end;
        }
        return sum.count();
    }

    /** FileJob's parser for grouped rows: simple numbers, as multiples of a hundredth. */
    @Benchmark
    @OperationsPerInvocation(NUMBERS)
    public long shortDecimal() {
        long total = 0;
        int from = 0;
        for (int end : ends) {
            if (simple.read(text, from, end - from, 2)) {
                total += simple.scaled();
            }
            from = end;
        }
        return total;
    }

    /** The parser and sum of the JDK. */
    @Benchmark
    @OperationsPerInvocation(NUMBERS)
    public BigDecimal bigDecimal() {
        BigDecimal total = BigDecimal.ZERO;
        int from = 0;
        for (int end : ends) {
            total = total.add(new BigDecimal(new String(text, from, end - from, StandardCharsets.ISO_8859_1)));
            from = end;
        }
        return total;
    }
}
