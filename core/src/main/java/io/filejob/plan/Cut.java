package io.filejob.plan;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the work of a job is divided. It is decided once, when the job is planned, and kept with the job. Workers and
 * operator of every release use the stored cut, because a later release may decide otherwise and results of two cuts do
 * not fit together.
 *
 * @param protocol the version of everything else that results of slices depend on: see {@link #PROTOCOL}
 * @param sliceBytes the size of a slice of input files; 0 for generated input, which the spec divides
 * @param reduceSlices the number of parts of a large result; 0 for results that are always small
 * @param partitions the number of staging tables of an ingest
 * @param inlineBytes maximum size in bytes of the groups that a slice may leave in a ledger if there is a folder for
 * more
 */
public record Cut(int protocol, long sliceBytes, int reduceSlices, int partitions, int inlineBytes) {
    /**
     * Version of everything that results depend on and the fields do not describe: the formats of ledgers, runs and
     * staged rows, the sampling of keys, the rule that forms ranges of keys, and generated numbers. Raise it when one
     * of them changes.
     */
    public static final int PROTOCOL = 1;

    /** The protocol of releases that did not store a cut. */
    public static final int UNPINNED = 0;

    private static final Pattern PROTOCOL_ONLY = Pattern.compile("protocol=([0-9]{1,6})(?:,.*)?");
    private static final Pattern TEXT = Pattern.compile("protocol=([0-9]{1,6}),sliceBytes=([0-9]{1,18}),"
            + "reduceSlices=([0-9]{1,9}),partitions=([0-9]{1,9}),inlineBytes=([0-9]{1,9})");

    /**
     * Parses the result of {@link #text}; for another protocol, only the protocol is read. Throws {@link
     * IllegalArgumentException} if {@code text} is not valid.
     */
    public static Cut parse(String text) {
        Matcher protocol = PROTOCOL_ONLY.matcher(text);
        if (protocol.matches() && Integer.parseInt(protocol.group(1)) != PROTOCOL) {
            return new Cut(Integer.parseInt(protocol.group(1)), 0, 0, 0, 0);
        }
        Matcher cut = TEXT.matcher(text);
        if (!cut.matches()) {
            throw new IllegalArgumentException("not a cut: \"" + shortened(text) + "\"");
        }
        return new Cut(
                PROTOCOL,
                Long.parseLong(cut.group(2)),
                Integer.parseInt(cut.group(3)),
                Integer.parseInt(cut.group(4)),
                Integer.parseInt(cut.group(5)));
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    /** Returns one line that {@link #parse} reads. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "protocol=%d,sliceBytes=%d,reduceSlices=%d,partitions=%d,inlineBytes=%d",
                protocol,
                sliceBytes,
                reduceSlices,
                partitions,
                inlineBytes);
    }
}
