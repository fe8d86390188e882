package io.filejob.aggregate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the dialect, the aggregation, the files and the slices: the engine gives what the oracle gives. */
@Timeout(300)
final class AnyAggregatePropertyTest {
    /** More of them are drawn with {@code -Dfilejob.aggregate.cases=...}. */
    private static final int CASES = Integer.getInteger("filejob.aggregate.cases", 200);

    private static final long FIRST = Long.getLong("filejob.aggregate.first", 0);

    @TempDir
    private Path folder;

    @Test
    void inMemory() throws Exception {
        check(FIRST, CASES);
    }

    @Test
    void spillingAlways() throws Exception {
        System.setProperty(AggregateRun.SPILL, "true");
        try {
            check(FIRST + 1_000_000, CASES / 2);
        } finally {
            System.clearProperty(AggregateRun.SPILL);
        }
    }

    private void check(long first, int cases) throws Exception {
        for (long seed = first; seed < first + cases; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Fixture fixture = RandomFixture.of(random);
            AggregateRun run = new AggregateRun(fixture, Files.createDirectory(folder.resolve("case" + seed)));
            int most = fixture.bytes() + 10;
            run.check(1 + random.nextInt(random.nextBoolean() ? most : Math.min(most, 70)), 1, "seed " + seed);
            run.check(1 + random.nextInt(most), 1 + random.nextInt(5), "seed " + seed);
        }
    }
}
