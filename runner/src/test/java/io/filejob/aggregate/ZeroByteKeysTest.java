package io.filejob.aggregate;

import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key and longer keys that continue with a zero byte are different groups, with their own distinct values. */
@Timeout(180)
final class ZeroByteKeysTest {
    private static final String FILE = "k,t\na,1\na\0b,1\na,2\na\0,3\na\0b,1\n\0,1\n,1\na\0\u007F,1\na\0,3\na,1\n";
    private static final String REST = "output: {uri: " + Fixture.OUTPUT + "}";

    @RegisterExtension
    final QuickFolder folder = new QuickFolder();

    @ParameterizedTest
    @ValueSource(strings = {"[k]", "[k, t]", "[t, k]"})
    void areGroupsOfTheirOwn(String keys) {
        String operation =
                "groupBy: " + keys + ", measures: [{function: count}, {function: countDistinct, column: t, as: d},"
                        + " {function: countDistinct, column: k, as: e}]";
        AggregateRun run = new AggregateRun(new Fixture("", operation, REST, List.of(FILE)), folder.path());
        for (int sliceBytes : new int[] {3, 16, 1 << 20}) {
            run.check(sliceBytes, 2, keys);
        }
    }
}
