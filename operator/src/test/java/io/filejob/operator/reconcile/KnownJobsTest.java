package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.testing.time.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The state kept about FileJobs that were deleted before they had finished is dropped. */
final class KnownJobsTest {
    private final TestClock clock = new TestClock();
    private final Set<String> remembered = new HashSet<>(Set.of(Jobs.UID, "gone-before"));
    private final KnownJobs known = new KnownJobs(clock, List.of(remembered::retainAll));

    @Test
    void onesThatAreGoneAreForgottenWithinHalfAMinute() {
        List<FileJobResource> there = new ArrayList<>(List.of(Jobs.job(1, 1)));
        known.in(there::stream);
        known.sweep();
        assertThat(remembered).containsExactly(Jobs.UID);

        there.clear();
        known.sweep();
        assertThat(remembered).as("it was swept a moment ago").containsExactly(Jobs.UID);
        clock.pass(Duration.ofSeconds(30));
        known.sweep();

        assertThat(remembered).isEmpty();
    }
}
