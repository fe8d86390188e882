package io.filejob.spill;

import io.filejob.group.KeyFormat;
import io.filejob.ledger.GroupsPartial;
import io.filejob.ledger.SpillFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Divides the keys of runs into ranges of about equal size, based on samples stored with the runs. All workers compute
 * the same ranges.
 */
public final class RangePartition {
    // Samples are never compared.
    @SuppressWarnings("ArrayRecordComponent")
    private record Sample(byte[] key, double weight) {}

    /** The first key of each range except the first, in order. */
    private final List<byte[]> borders = new ArrayList<>();

    private final byte[] smallest;
    private final byte[] largest;

    /** Computes at most {@code ranges} ranges. */
    public RangePartition(List<GroupsPartial> partials, KeyFormat format, int ranges) {
        List<Sample> samples = new ArrayList<>();
        double total = 0;
        for (GroupsPartial partial : partials) {
            for (SpillFile run : partial.runs()) {
                for (String text : run.samples()) {
                    byte[] key = Base64.getDecoder().decode(text);
                    int length = format.length(key, 0, key.length);
                    double weight = (double) run.bytes() / run.samples().size();
                    samples.add(new Sample(Arrays.copyOf(key, length), weight));
                    total += weight;
                }
            }
        }
        samples.sort((one, other) -> Arrays.compareUnsigned(one.key(), other.key()));
        smallest = samples.isEmpty() ? new byte[0] : samples.getFirst().key();
        largest = samples.isEmpty() ? new byte[0] : samples.getLast().key();
        double passed = 0;
        for (Sample sample : samples) {
            if (passed >= total * (borders.size() + 1) / ranges
                    && borders.size() < ranges - 1
                    && (borders.isEmpty() || !Arrays.equals(borders.getLast(), sample.key()))) {
                borders.add(sample.key());
            }
            passed += sample.weight();
        }
    }

    /** Returns whether the range {@code range} exists. */
    public boolean isThere(int range) {
        return range <= borders.size();
    }

    /** Returns the least key of a range; empty for the first range. */
    public byte[] low(int range) {
        return range == 0 ? new byte[0] : borders.get(range - 1);
    }

    /** Returns the exclusive upper bound of a range; null for the last range. */
    public byte @Nullable [] high(int range) {
        return range == borders.size() ? null : borders.get(range);
    }

    /** Returns the length of the common prefix of all keys of a range. */
    public int common(int range) {
        byte[] least = range == 0 ? smallest : borders.get(range - 1);
        byte[] most = range == borders.size() ? largest : borders.get(range);
        int mismatch = Arrays.mismatch(least, most);
        return mismatch < 0 ? least.length : mismatch;
    }
}
