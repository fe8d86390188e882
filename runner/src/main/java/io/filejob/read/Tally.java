package io.filejob.read;

import io.filejob.model.Excerpt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is counted while a range is read. */
final class Tally {
    /** A longer UTF-8 text has more than {@link BadRecord#TEXT_LIMIT} characters. */
    private static final int TEXT_BYTES = 4 * BadRecord.TEXT_LIMIT;

    /** Physical line breaks passed. */
    long lines;
    /** Rows whose number was added. */
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

    /** The first record of the range starts at byte {@code offset} of the input. */
    void start(long offset) {
        sink.start(offset);
    }

    /** Whether reading is over before its end. */
    boolean failed() {
        return failure != null;
    }

    /** Counts a bad record; whether {@link #sample} should be told more about it. */
    boolean reject() {
        rejected++;
        return rejected <= RangeOutcome.SAMPLE_LIMIT || sink.wantsAll();
    }

    /** The bad record is {@code bytes[from, to)}. */
    void sample(BadRecord bad, byte[] bytes, int from, int to) {
        if (samples.size() < RangeOutcome.SAMPLE_LIMIT) {
            samples.add(bad);
        }
        sink.add(bad, bytes, from, to);
        if (failing) {
            failure = bad;
        }
    }

    /** Ends the reading whatever is done with bad records. */
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

    /** The text of {@code bytes[from, to)} as samples show it. */
    static String text(byte[] bytes, int from, int to) {
        return Excerpt.cell(new String(bytes, from, Math.min(to - from, TEXT_BYTES), StandardCharsets.UTF_8));
    }
}
