package io.filejob.worker;

import io.filejob.ledger.GroupsPartial;
import io.filejob.ledger.SliceResult;
import io.filejob.ledger.SpillFile;
import io.filejob.metrics.SliceOrigin;
import io.filejob.metrics.WorkCounters;
import io.filejob.metrics.WorkStep;
import io.filejob.plan.Stage;
import java.time.Duration;

/** Counts processed slices in the metrics of this process. */
final class SliceCount {
    private SliceCount() {}

    /** Counts a slice that took {@code time}. The steps of the map stage count their times themselves. */
    static void add(Stage.Kind stage, SliceResult result, SliceOrigin origin, Duration time) {
        WorkCounters counters = WorkCounters.ofProcess();
        counters.slice(origin, time.toNanos());
        switch (stage) {
            case MAP -> {}
            case REDUCE -> counters.step(WorkStep.MERGE, time.toNanos());
            case PUBLISH -> counters.step(WorkStep.WRITE, time.toNanos());
        }
        if (result.partial() instanceof GroupsPartial groups) {
            long files = groups.files().distinct().count();
            counters.spill(
                    files, groups.runs().stream().mapToLong(SpillFile::bytes).sum());
        }
    }
}
