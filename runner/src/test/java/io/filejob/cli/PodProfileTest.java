package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.profile.Stacks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PodProfileTest {
    private static final int LIMIT = 100_000;
    private static final Duration SOON = Duration.ofMillis(100);

    @TempDir
    Path folder;

    private final List<String> written = new CopyOnWriteArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();

    private static long samples(String text) {
        Stacks stacks = new Stacks();
        stacks.add(text);
        return stacks.samples();
    }

    @Test
    void itIsWrittenAtIntervalsAndGrows() {
        try (PodProfile profile = new PodProfile(folder, LIMIT, SOON, written::add, log::add)) {
            profile.begin();
            profile.begin();
            await().atMost(Duration.ofMinutes(1)).until(() -> compute() > 0 && written.size() > 2);
        }
        assertThat(samples(written.getLast())).isPositive().isGreaterThanOrEqualTo(samples(written.getFirst()));
        assertThat(written.getLast()).contains("io.filejob.cli.PodProfileTest.compute");
        assertThat(log).containsExactly("records a profile");
        assertThat(folder).isEmptyDirectory();
    }

    private static double compute() {
        double sum = 1;
        for (int i = 1; i < 10_000_000; i++) {
            sum += Math.sqrt(sum / i);
        }
        return sum;
    }

    @Test
    void oneThatCannotBeWrittenIsReportedOnceAndDoesNotFail() {
        try (PodProfile profile = new PodProfile(
                folder,
                LIMIT,
                SOON,
                _ -> {
                    throw new JobFailedException(ExitCode.UNAVAILABLE, "no server");
                },
                log::add)) {
            profile.begin();
            await().atMost(Duration.ofMinutes(1)).until(() -> log.size() > 1);
        }
        assertThat(log).containsExactly("records a profile", "cannot record a profile: no server");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void oneThatHasNotBegunWritesNothing() {
        new PodProfile(folder, LIMIT, SOON, written::add, log::add).close();
        assertThat(written).isEmpty();
        assertThat(log).isEmpty();
    }
}
