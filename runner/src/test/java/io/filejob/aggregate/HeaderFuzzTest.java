package io.filejob.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.testing.fuzz.FuzzRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Columns are found in every file by the header or position that the oracle finds, or the file is refused by name. */
@Timeout(900)
final class HeaderFuzzTest {
    private int number;

    @RegisterExtension
    final QuickFolder folder = new QuickFolder();

    @Test
    void headers() throws InterruptedException {
        FuzzRun.repeat("headers", random -> {
            Path path = Files.createDirectory(folder.path().resolve("case" + number++));
            check(random, path);
        });
    }

    private static void check(SplittableRandom random, Path path) {
        Fixture fixture = RandomHeaders.fixture(random);
        int sliceBytes = 20 + random.nextInt(fixture.bytes() + 100);
        int workers = 1 + random.nextInt(3);
        Optional<HeaderOracle.Fault> fault = HeaderOracle.of(fixture.job("64Mi").spec(), fixture.sources(path));
        if (fault.isEmpty()) {
            AggregateRun run = new AggregateRun(fixture, path);
            run.check(1 << 20, 1, path);
            run.check(Math.max(sliceBytes, fixture.bytes() / 100), workers, path);
            return;
        }
        fixture.write(path);
        JobFailedException failure = AggregateRun.outcome(
                        fixture.job(String.valueOf(sliceBytes)).withWorkers(workers), path)
                .failure();
        assertThat(failure).as(fixture.describe()).isNotNull();
        String message = String.valueOf(Objects.requireNonNull(failure).getMessage());
        assertThat(failure.exitCode()).as(fixture.describe()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(message).as(fixture.describe()).contains(fault.get().file());
        assertThat(fault.get().words()).as(message + "\n" + fixture.describe()).anyMatch(message::contains);
        assertThat(path.resolve(Fixture.OUTPUT)).doesNotExist();
    }
}
