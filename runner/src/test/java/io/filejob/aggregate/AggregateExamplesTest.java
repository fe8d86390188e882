package io.filejob.aggregate;

import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine's results match the specification for all slice sizes. */
@Timeout(180)
final class AggregateExamplesTest {
    /** Number of slice sizes tried per example. */
    private static final int SIZES = 10;

    @RegisterExtension
    final QuickFolder folder = new QuickFolder();

    static Stream<Example> examples() {
        return AggregateOracleTest.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void holds(Example example) {
        AggregateRun run = new AggregateRun(example.fixture(), folder.path());
        run.check(64 << 20, 1, example);
        int bytes = example.fixture().bytes();
        for (int sliceBytes = 1; sliceBytes <= bytes; sliceBytes += 1 + bytes / SIZES) {
            run.check(sliceBytes, 1 + sliceBytes % 3, example);
        }
    }
}
