package io.filejob.coverage;

import io.filejob.ledger.Rejection;
import io.filejob.ledger.SliceResult;
import io.filejob.plan.Slicing;
import io.filejob.status.RejectedRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Converts line numbers that slices counted from their own start into line numbers of files, by adding the lines before
 * the slice.
 */
public final class LineNumbers {
    private LineNumbers() {}

    /** Returns the first {@code limit} bad records in file order; the results must follow each other without a gap. */
    public static List<RejectedRecord> samples(Coverage coverage, int limit) {
        List<PlacedRecord> ofInput = new ArrayList<>();
        List<PlacedRecord> ofLaterStages = new ArrayList<>();
        Slicing slicing = coverage.plan().slicing();
        List<Long> before = before(coverage);
        List<SliceResult> results = coverage.results();
        for (int i = 0; i < results.size(); i++) {
            List<PlacedRecord> found = results.get(i).slice() < slicing.slices() ? ofInput : ofLaterStages;
            for (Rejection sample : results.get(i).samples()) {
                if (found.size() < limit) {
                    found.add(new PlacedRecord(sample.file(), resolve(slicing, results.get(i), sample, before.get(i))));
                }
            }
        }
        return Stream.concat(ofInput.stream(), ofLaterStages.stream())
                .sorted(Comparator.comparingLong(PlacedRecord::file)
                        .thenComparingLong(placed -> placed.record().line()))
                .limit(limit)
                .map(PlacedRecord::record)
                .toList();
    }

    /** A record with the number of its file, by which records of several stages are brought into file order. */
    private record PlacedRecord(long file, RejectedRecord record) {}

    /**
     * Returns the record at which {@code coverage} has failed; it must be absolute, or all slices before it in its file
     * must be present.
     */
    public static RejectedRecord failure(Coverage coverage, SliceResult failed, Rejection failure) {
        Walk walk = new Walk(coverage.plan().slicing());
        for (SliceResult result : coverage.results()) {
            if (result.slice() == failed.slice()) {
                break;
            }
            walk.pass(result);
        }
        return resolve(coverage.plan().slicing(), failed, failure, walk.linesBefore);
    }

    /**
     * Returns the number of line ends before the start of each of {@code coverage.results()} in its first file. A line
     * number of that result is relative to it, unless it is {@code absolute} or belongs to another file.
     */
    public static List<Long> before(Coverage coverage) {
        List<Long> before = new ArrayList<>();
        Map<Integer, Long> ofSlice = new HashMap<>();
        Slicing slicing = coverage.plan().slicing();
        Walk walk = new Walk(slicing);
        for (SliceResult result : coverage.results()) {
            // A later stage that reads the input has one slice for each input slice.
            before.add(ofSlice.getOrDefault(result.slice() - slicing.slices(), walk.linesBefore(result)));
            ofSlice.put(result.slice(), before.getLast());
            walk.pass(result);
        }
        return before;
    }

    private static RejectedRecord resolve(Slicing slicing, SliceResult result, Rejection rejection, long linesBefore) {
        boolean relative = !rejection.absolute()
                && beginsInside(slicing, result)
                && slicing.fileAt(result.start()) == rejection.file();
        return new RejectedRecord(
                slicing.source(rejection.file()),
                rejection.line() + (relative ? linesBefore : 0),
                rejection.column(),
                rejection.reason(),
                rejection.text());
    }

    private static boolean beginsInside(Slicing slicing, SliceResult result) {
        return result.start() > slicing.fileBegin(slicing.fileAt(result.start()));
    }

    /** Counts line ends from slice to slice. */
    private static final class Walk {
        private final Slicing slicing;
        /** Line ends in the current file before the current slice. */
        private long linesBefore;

        Walk(Slicing slicing) {
            this.slicing = slicing;
        }

        long linesBefore(SliceResult result) {
            return result.slice() < slicing.slices() && beginsInside(slicing, result) ? linesBefore : 0;
        }

        void pass(SliceResult result) {
            if (result.slice() >= slicing.slices() || result.end() <= result.start()) {
                return;
            }
            boolean sameFile = slicing.fileAt(result.start()) == slicing.fileAt(result.end() - 1);
            linesBefore = result.lines() + (sameFile && beginsInside(slicing, result) ? linesBefore : 0);
        }
    }
}
