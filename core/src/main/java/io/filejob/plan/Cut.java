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
 * @param delimiter the delimiter that was found in the input when the job was planned; 0 if the spec names it
 */
public record Cut(int protocol, long sliceBytes, int reduceSlices, int partitions, int inlineBytes, char delimiter) {
    /**
     * Version of everything that results depend on and the fields do not describe: the formats of ledgers, runs and
     * staged rows, the sampling of keys, the rule that forms ranges of keys, generated numbers, and the reading of
     * files. Raise it when one of them changes.
     */
    public static final int PROTOCOL = 2;

    /** The protocol of release 0.1.0, which read a line {@code sep=;} and a Ctrl-Z at the end of a file as records. */
    public static final int RELEASE_0_1 = 1;

    /** The protocol of releases that did not store a cut. */
    public static final int UNPINNED = 0;

    private static final Pattern PROTOCOL_ONLY = Pattern.compile("protocol=([0-9]{1,6})(?:,.*)?");
    private static final Pattern TEXT = Pattern.compile("protocol=([0-9]{1,6}),sliceBytes=([0-9]{1,18}),"
            + "reduceSlices=([0-9]{1,9}),partitions=([0-9]{1,9}),inlineBytes=([0-9]{1,9})(?:,delimiter=([0-9]{1,3}))?");

    /** Creates the cut of a job whose spec names the delimiter, or that needs none. */
    public Cut(int protocol, long sliceBytes, int reduceSlices, int partitions, int inlineBytes) {
        this(protocol, sliceBytes, reduceSlices, partitions, inlineBytes, (char) 0);
    }

    /**
     * Parses the result of {@link #text}; for a protocol whose jobs are not merged, only the protocol is read. Throws
     * {@link IllegalArgumentException} if {@code text} is not valid.
     */
    public static Cut parse(String text) {
        Matcher protocol = PROTOCOL_ONLY.matcher(text);
        int number = protocol.matches() ? Integer.parseInt(protocol.group(1)) : PROTOCOL;
        if (number != PROTOCOL && number != RELEASE_0_1) {
            return new Cut(number, 0, 0, 0, 0);
        }
        Matcher cut = TEXT.matcher(text);
        if (!cut.matches()) {
            throw new IllegalArgumentException("not a cut: \"" + shortened(text) + "\"");
        }
        return new Cut(
                number,
                Long.parseLong(cut.group(2)),
                Integer.parseInt(cut.group(3)),
                Integer.parseInt(cut.group(4)),
                Integer.parseInt(cut.group(5)),
                cut.group(6) == null ? 0 : (char) Integer.parseInt(cut.group(6)));
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
                        inlineBytes)
                + (delimiter == 0 ? "" : ",delimiter=" + (int) delimiter);
    }

    /** Returns the same cut with the delimiter that was found in the input. */
    public Cut withDelimiter(char found) {
        return new Cut(protocol, sliceBytes, reduceSlices, partitions, inlineBytes, found);
    }
}
