package io.filejob.group;

import io.filejob.job.GroupsPartial;
import io.filejob.job.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Divides the keys of runs into ranges of about the same size, by the samples that the runs come with: the same ranges
 * whoever asks.
 */
final class KeyRanges {
    // Nobody compares them.
    @SuppressWarnings("ArrayRecordComponent")
    private record Sample(byte[] key, double weight) {}

    /** Between the ranges: the first key of each but the first range, in order. */
    private final List<byte[]> borders = new ArrayList<>();

    private final byte[] smallest;
    private final byte[] largest;

    /** So many {@code ranges} at most. */
    KeyRanges(List<GroupsPartial> partials, KeyFormat format, int ranges) {
        List<Sample> samples = new ArrayList<>();
        double total = 0;
        for (GroupsPartial partial : partials) {
            for (Run run : partial.runs()) {
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

    /** Whether range number {@code range} holds anything. */
    boolean isThere(int range) {
        return range <= borders.size();
    }

    /** The least key of a range; shorter than any for the first. */
    byte[] low(int range) {
        return range == 0 ? new byte[0] : borders.get(range - 1);
    }

    /** The least key behind a range; null for the last. */
    byte @Nullable [] high(int range) {
        return range == borders.size() ? null : borders.get(range);
    }

    /** How many bytes all keys of a range begin with. */
    int common(int range) {
        byte[] least = range == 0 ? smallest : borders.get(range - 1);
        byte[] most = range == borders.size() ? largest : borders.get(range);
        int mismatch = Arrays.mismatch(least, most);
        return mismatch < 0 ? least.length : mismatch;
    }
}
