package io.filejob.job;

import io.filejob.model.RejectedRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns the lines that slices counted from their own start into lines of files, by adding up what lies before. */
public final class TrueLines {
    private TrueLines() {}

    /** The first {@code limit} bad records of the results, which follow each other without a gap, in file order. */
    public static List<RejectedRecord> samples(Coverage coverage, int limit) {
        List<RejectedRecord> found = new ArrayList<>();
        Slicing slicing = coverage.plan().slicing();
        List<Long> before = before(coverage);
        List<SliceResult> results = coverage.results();
        for (int i = 0; i < results.size(); i++) {
            for (Rejection sample : results.get(i).samples()) {
                if (found.size() == limit) {
                    return found;
                }
                found.add(resolve(slicing, results.get(i), sample, before.get(i)));
            }
        }
        return found;
    }

    /** The record that {@code coverage} has failed at; all slices before it in its file must be there, or it be absolute. */
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
     * For each of {@code coverage.results()}, how many line ends lie before its start in its first file; what it has
     * counted itself is to be added, unless it is {@code absolute} or of another file.
     */
    public static List<Long> before(Coverage coverage) {
        List<Long> before = new ArrayList<>();
        Map<Integer, Long> ofSlice = new HashMap<>();
        Slicing slicing = coverage.plan().slicing();
        Walk walk = new Walk(slicing);
        for (SliceResult result : coverage.results()) {
            // A later stage that reads the input has a slice for each of the input's.
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

    /** Goes from slice to slice. */
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
