package io.filejob.operator.health;

import java.time.Duration;

/** A periodic task of the leader. */
public interface LeaderTask {
    /** Returns the delay between the end of one run and the start of the next. */
    Duration interval();

    /** Runs the task once; exceptions are logged. */
    void run();
}
