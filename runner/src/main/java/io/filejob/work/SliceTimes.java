package io.filejob.work;

import java.time.Duration;

/** How long this worker's slices take. For one thread. */
final class SliceTimes {
    private Duration total = Duration.ZERO;
    private int count;

    void add(Duration time) {
        total = total.plus(time);
        count++;
    }

    /** How many. */
    int count() {
        return count;
    }

    /** Zero before the first slice. */
    Duration mean() {
        return count == 0 ? Duration.ZERO : total.dividedBy(count);
    }
}
