package io.filejob.ledger;

import java.util.BitSet;

/**
 * Encodes slice numbers as a short text: items {@code n}, {@code first-last} or {@code first-last:step}, separated by
 * commas, for example {@code 0-198:2,201}. The set is the union of its items in any order; the empty text is the empty
 * set. Finished slices form stripes with some gaps, and each contiguous piece of a stripe is one item.
 */
public final class SliceSetCodec {
    /** Minimum length of a run; the text of a shorter one is no shorter than its slices one by one. */
    private static final int MIN_RUN = 3;

    private SliceSetCodec() {}

    /**
     * Encodes {@code set}; {@code workers} is the likely step of stripes. If the text would be longer than {@code
     * limit} characters, it contains only a subset.
     */
    public static String encode(BitSet set, int workers, int limit) {
        String runs = runs(set);
        String stripes = stripes(set, workers);
        String text = runs.length() <= stripes.length() ? runs : stripes;
        return text.length() <= limit ? text : text.substring(0, Math.max(0, text.lastIndexOf(',', limit)));
    }

    /**
     * Encodes runs of slices with equal distances, which suits the slices of one worker, regardless of changes of W.
     */
    private static String runs(BitSet set) {
        StringBuilder text = new StringBuilder();
        int first = set.nextSetBit(0);
        while (first >= 0) {
            int last = set.nextSetBit(first + 1);
            int step = last - first;
            int length = 2;
            int next = last < 0 ? -1 : set.nextSetBit(last + 1);
            while (next >= 0 && next - last == step) {
                last = next;
                length++;
                next = set.nextSetBit(last + 1);
            }
            if (last < 0 || length < MIN_RUN) {
                item(text, first, first, 1);
                first = set.nextSetBit(first + 1);
            } else {
                item(text, first, last, step);
                first = next;
            }
        }
        return text.toString();
    }

    /** Encodes stripe by stripe, which suits the slices of many workers with different progress. */
    private static String stripes(BitSet set, int workers) {
        StringBuilder text = new StringBuilder();
        for (int stripe = 0; stripe < workers; stripe++) {
            long slice = stripe;
            while (slice < set.length()) {
                long end = slice;
                while (end < set.length() && set.get((int) end)) {
                    end += workers;
                }
                if ((end - slice) / workers >= MIN_RUN) {
                    item(text, (int) slice, (int) (end - workers), workers);
                } else {
                    for (long each = slice; each < end; each += workers) {
                        item(text, (int) each, (int) each, 1);
                    }
                }
                slice = end + workers;
            }
        }
        return text.toString();
    }

    private static void item(StringBuilder text, int first, int last, int step) {
        text.append(text.isEmpty() ? "" : ",").append(first);
        if (last > first) {
            text.append('-').append(last);
        }
        if (step > 1) {
            text.append(':').append(step);
        }
    }

    /**
     * Parses {@code text}; throws {@link IllegalArgumentException} if it is not valid or contains a number of {@code
     * slices} or more.
     */
    public static BitSet decode(String text, int slices) {
        BitSet set = new BitSet(slices);
        int begin = 0;
        while (begin < text.length()) {
            int comma = text.indexOf(',', begin);
            int end = comma < 0 ? text.length() : comma;
            add(text.substring(begin, end), slices, set);
            begin = end + 1;
            if (begin == text.length() && comma >= 0) {
                throw refused(text.substring(comma), slices);
            }
        }
        return set;
    }

    private static void add(String item, int slices, BitSet set) {
        int dash = item.indexOf('-');
        int colon = item.indexOf(':');
        int first = number(item, 0, dash < 0 ? item.length() : dash, slices);
        int last = dash < 0 ? first : number(item, dash + 1, colon < 0 ? item.length() : colon, slices);
        int step = colon < 0 ? 1 : number(item, colon + 1, item.length(), Integer.MAX_VALUE);
        if (last < first || step == 0 || (dash < 0 && colon >= 0)) {
            throw refused(item, slices);
        }
        if (step == 1) {
            set.set(first, last + 1);
            return;
        }
        for (long slice = first; slice <= last; slice += step) {
            set.set((int) slice);
        }
    }

    /** Parses a number below {@code limit}. */
    private static int number(String item, int begin, int end, int limit) {
        long number = 0;
        for (int i = begin; i < end; i++) {
            char digit = item.charAt(i);
            if (digit < '0' || digit > '9' || number >= limit) {
                throw refused(item, limit);
            }
            number = number * 10 + (digit - '0');
        }
        if (begin >= end || number >= limit) {
            throw refused(item, limit);
        }
        return (int) number;
    }

    private static IllegalArgumentException refused(String item, int slices) {
        return new IllegalArgumentException("\"" + item + "\" is not a set of slices below " + slices);
    }
}
