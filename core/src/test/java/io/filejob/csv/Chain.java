package io.filejob.csv;

import io.filejob.numeric.DecimalSum;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file range by range with the protocol required of callers: all ranges in any order, then again each one with
 * a wrong start.
 */
final class Chain {
    final List<BadRecord> samples = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    long rows;
    /** Rows with a value that is not null. */
    long numbers;

    long used;
    long rejected;
    long lines;
    int rereads;

    @Nullable
    BadRecord failure;

    private Chain() {}

    /** Reads the file in the ranges given by {@code cuts}, ascending offsets within the file. */
    static Chain read(RangeReader reader, Path file, long size, long... cuts) {
        ByteSource source = MemorySource.of(file);
        List<FileRange> ranges = new ArrayList<>();
        long from = 0;
        for (long cut : cuts) {
            ranges.add(new FileRange(source, from, cut, OptionalLong.empty()));
            from = cut;
        }
        ranges.add(new FileRange(source, from, size, OptionalLong.empty()));
        Chain chain = new Chain();
        long end = 0;
        for (FileRange range : ranges) {
            DecimalSum sum = new DecimalSum();
            RangeOutcome outcome = reader.read(range, sum);
            if (outcome.start() != end) {
                if (outcome.startCertain()) {
                    throw new AssertionError("certain of a wrong start, " + end + " is right: " + outcome);
                }
                chain.rereads++;
                sum.reset();
                outcome = reader.read(new FileRange(source, range.from(), range.to(), OptionalLong.of(end)), sum);
            }
            chain.add(outcome, sum);
            if (chain.failure != null) {
                return chain;
            }
            end = outcome.end();
        }
        if (end != size) {
            throw new AssertionError("the chain ends at " + end + " of " + size);
        }
        return chain;
    }

    private void add(RangeOutcome outcome, DecimalSum part) {
        for (BadRecord bad : outcome.samples()) {
            if (samples.size() < RangeOutcome.MAX_SAMPLE) {
                samples.add(inFile(bad));
            }
        }
        failure = outcome.failure() == null ? null : inFile(outcome.failure());
        if (part.count() > outcome.rowsUsed() && failure == null) {
            throw new AssertionError(part.count() + " numbers added of " + outcome);
        }
        if (outcome.rowsIn() != outcome.rowsUsed() + outcome.rowsRejected()) {
            throw new AssertionError("rows that are neither used nor rejected: " + outcome);
        }
        sum = sum.add(part.total());
        numbers += part.count();
        rows += outcome.rowsIn();
        used += outcome.rowsUsed();
        rejected += outcome.rowsRejected();
        lines += outcome.lines();
    }

    private BadRecord inFile(BadRecord bad) {
        return new BadRecord(bad.offset(), lines + bad.line(), bad.column(), bad.reason(), bad.text());
    }
}
