package io.filejob.aggregate;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine gives what the specification says, cut at every byte. */
@Timeout(60)
final class AggregateExamplesTest {
    /** Longer examples are cut at some bytes only. */
    private static final int LONG = 200;

    @TempDir
    private Path folder;

    static Stream<Example> examples() {
        return AggregateOracleTest.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void holds(Example example) {
        AggregateRun run = new AggregateRun(example.fixture(), folder);
        run.check(64 << 20, 1, example);
        int bytes = example.fixture().bytes();
        for (int sliceBytes = 1; sliceBytes <= bytes; sliceBytes += 1 + bytes / LONG) {
            run.check(sliceBytes, 1 + sliceBytes % 3, example);
        }
    }
}
