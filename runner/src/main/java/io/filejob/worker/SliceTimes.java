package io.filejob.worker;

import java.time.Duration;

/** Measures how long this worker's slices take. For one thread. */
final class SliceTimes {
    private Duration total = Duration.ZERO;
    private int count;

    void add(Duration time) {
        total = total.plus(time);
        count++;
    }

    /** Returns the number of slices. */
    int count() {
        return count;
    }

    /** Returns the mean time of a slice, or zero before the first one. */
    Duration mean() {
        return count == 0 ? Duration.ZERO : total.dividedBy(count);
    }
}
