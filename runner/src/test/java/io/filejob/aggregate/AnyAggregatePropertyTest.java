package io.filejob.aggregate;

import java.nio.file.Files;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The engine agrees with the oracle for arbitrary dialects, aggregations, files and slices. */
@Timeout(300)
final class AnyAggregatePropertyTest {
    /** Number of cases; more are drawn with {@code -Dfilejob.aggregate.cases=...}. */
    private static final int CASES = Integer.getInteger("filejob.aggregate.cases", 200);

    /** Limits the run time; more slices would not cover more cases. */
    private static final int MAX_SLICES = 300;

    private static final long FIRST = Long.getLong("filejob.aggregate.first", 0);

    @RegisterExtension
    final QuickFolder folder = new QuickFolder();

    @Test
    void inMemory() throws Exception {
        check(FIRST, CASES, false);
    }

    @Test
    void spillingAlways() throws Exception {
        check(FIRST + 1_000_000, CASES / 2, true);
    }

    private void check(long first, int cases, boolean spilling) throws Exception {
        for (long seed = first; seed < first + cases; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Fixture fixture = RandomFixture.of(random);
            AggregateRun run = new AggregateRun(
                    fixture, Files.createDirectory(folder.path().resolve("case" + seed)));
            if (spilling) {
                run.spilling();
            }
            int least = 1 + fixture.bytes() / MAX_SLICES;
            run.check(least + random.nextInt(60), 1, "seed " + seed);
            run.check(least + random.nextInt(fixture.bytes() + 10), 1 + random.nextInt(5), "seed " + seed);
        }
    }
}
