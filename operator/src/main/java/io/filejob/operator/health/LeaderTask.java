package io.filejob.operator.health;

import java.time.Duration;

/** What the leader does from time to time. */
public interface LeaderTask {
    /** From the end of one time to the beginning of the next. */
    Duration interval();

    /** Does it once; what it throws is logged. */
    void run();
}
