package io.filejob.csv;

import io.filejob.failure.Excerpt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counters of the reading of one range. */
final class Tally {
    /** A UTF-8 text with more bytes has more than {@link BadRecord#MAX_TEXT} characters. */
    private static final int TEXT_BYTES = 4 * BadRecord.MAX_TEXT;

    final RangeTimes times = new RangeTimes();
    /** Physical line breaks read. */
    long lines;
    /** Rows with a number that was added. */
    long used;

    private final boolean failing;
    private final BadRecordSink sink;
    private final List<BadRecord> samples = new ArrayList<>();
    private long rejected;
    private @Nullable BadRecord failure;

    Tally(OnBad onBad, BadRecordSink sink) {
        failing = onBad == OnBad.FAIL;
        this.sink = sink;
    }

    /** Announces that the first record of the range starts at byte {@code offset} of the input. */
    void start(long offset) {
        sink.start(offset);
    }

    /** Returns whether reading has been stopped by a failure. */
    boolean failed() {
        return failure != null;
    }

    /** Counts a bad record; returns whether {@link #sample} should be called for it. */
    boolean reject() {
        rejected++;
        return rejected <= RangeOutcome.MAX_SAMPLE || sink.wantsAll();
    }

    /** Takes the bad record {@code bytes[from, to)}. */
    void sample(BadRecord bad, byte[] bytes, int from, int to) {
        if (samples.size() < RangeOutcome.MAX_SAMPLE) {
            samples.add(bad);
        }
        sink.add(bad, bytes, from, to);
        if (failing) {
            failure = bad;
        }
    }

    /** Stops reading, whatever the policy for bad records. */
    void fail(BadRecord bad) {
        failure = bad;
    }

    RangeOutcome outcome(long start, long end, boolean certain) {
        return new RangeOutcome(
                start,
                failure == null ? end : -1,
                certain,
                lines,
                used + rejected,
                used,
                rejected,
                List.copyOf(samples),
                failure);
    }

    /** Returns the text of {@code bytes[from, to)} as shown in samples. */
    static String text(byte[] bytes, int from, int to) {
        return Excerpt.cell(new String(bytes, from, Math.min(to - from, TEXT_BYTES), StandardCharsets.UTF_8));
    }
}
