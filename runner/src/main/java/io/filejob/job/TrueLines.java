package io.filejob.job;

import io.filejob.model.RejectedRecord;
import java.util.ArrayList;
import java.util.List;

/** Turns the lines that slices counted from their own start into lines of files, by adding up what lies before. */
public final class TrueLines {
    private TrueLines() {}

    /** The first {@code limit} bad records of the results, which follow each other without a gap, in file order. */
    public static List<RejectedRecord> samples(Coverage coverage, int limit) {
        List<RejectedRecord> found = new ArrayList<>();
        Walk walk = new Walk(coverage.plan().slicing());
        for (SliceResult result : coverage.results()) {
            for (Rejection sample : result.samples()) {
                if (found.size() == limit) {
                    return found;
                }
                found.add(walk.resolve(result, sample));
            }
            walk.pass(result);
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
        return walk.resolve(failed, failure);
    }

    /**
     * For each of {@code coverage.results()}, how many line ends lie before its start in its first file; what it has
     * counted itself is to be added, unless it is {@code absolute} or of another file.
     */
    public static List<Long> before(Coverage coverage) {
        List<Long> before = new ArrayList<>();
        Walk walk = new Walk(coverage.plan().slicing());
        for (SliceResult result : coverage.results()) {
            before.add(walk.linesBefore(result));
            walk.pass(result);
        }
        return before;
    }

    /** Goes from slice to slice. */
    private static final class Walk {
        private final Slicing slicing;
        /** Line ends in the current file before the current slice. */
        private long linesBefore;

        Walk(Slicing slicing) {
            this.slicing = slicing;
        }

        RejectedRecord resolve(SliceResult result, Rejection rejection) {
            boolean relative =
                    !rejection.absolute() && beginsInside(result) && slicing.fileAt(result.start()) == rejection.file();
            return new RejectedRecord(
                    slicing.source(rejection.file()),
                    rejection.line() + (relative ? linesBefore : 0),
                    rejection.column(),
                    rejection.reason(),
                    rejection.text());
        }

        long linesBefore(SliceResult result) {
            return result.slice() < slicing.slices() && beginsInside(result) ? linesBefore : 0;
        }

        void pass(SliceResult result) {
            if (result.slice() >= slicing.slices() || result.end() <= result.start()) {
                return;
            }
            boolean sameFile = slicing.fileAt(result.start()) == slicing.fileAt(result.end() - 1);
            linesBefore = result.lines() + (sameFile && beginsInside(result) ? linesBefore : 0);
        }

        private boolean beginsInside(SliceResult result) {
            return result.start() > slicing.fileBegin(slicing.fileAt(result.start()));
        }
    }
}
