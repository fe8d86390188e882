package io.filejob.aggregate;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys from quoted fields, and records with equal raw bytes but another meaning. */
@Timeout(180)
final class FastPathExamplesTest {
    private static final String REST =
            "output: {uri: " + Fixture.OUTPUT + "}, onBadRecord: skip, rejects: {uri: " + Fixture.REJECTS + "}";
    private static final int PLAIN_ROWS = 700;

    @RegisterExtension
    final QuickFolder folder = new QuickFolder();

    /** Returns the key columns, a record that adds a key, and records that resemble it. */
    static Stream<List<String>> lookalikes() {
        return Stream.of(
                List.of("k", "\"abc\ndef\",1\n", "abc\ndef,100\n"),
                List.of("k", "\"abc\r\ndef\",1\n", "abc\r\ndef,100\n"),
                List.of("k", "\"abc\rdef\",1\n", "abc\rdef,100\n"),
                List.of("k", "\"\n\",1\n", "\n,100\n"),
                List.of("k", "\"p\"\"q\",1\n", "p\"q,1000\n"),
                List.of("k", "\"\"\"Heroes\"\"\",1\n", "\"Heroes\",10\n"),
                List.of("k", "\"\"\"\"\"\",1\n", "\"\",10\n"),
                List.of("k", "\"" + "\"\"".repeat(8) + "\",1\n", "\"" + "\"\"".repeat(3) + "\",10\n"),
                List.of("k", "a,1\n", "x".repeat(272) + "y123\n"),
                List.of("k, l", "\"a\nb\",c,1\n", "a\nb,c,100\n"),
                List.of("k, l", "a,\"c\"\"\",1\n", "a,c\",100\n"),
                List.of("k, l", "\"\"\"a\"\"\",\"\"\"b\"\"\",1\n", "\"a\",\"b\",10\n"),
                List.of("k, l", "a,b,1\n", "x".repeat(100) + "," + "x".repeat(155) + "y123\n"),
                List.of("k, l", "a,b,1\n", "x".repeat(256) + ",1\n"),
                List.of("k, l", "\"a,b\",c,1\n", "a,b,c,100\n"),
                List.of("k, l", "\"a\0b\",c,1\n", "a,b,c,100\na\0b,c,7\n"),
                List.of("k, l", "a,\"\0\",1\n", "a\0,,100\na,\0,7\n"),
                List.of("k", "\0,1\n", "\0,100\n"));
    }

    @ParameterizedTest
    @MethodSource("lookalikes")
    void areOtherRecords(List<String> lookalike) {
        String columns = lookalike.get(0);
        boolean two = columns.contains(",");
        StringBuilder file = new StringBuilder(columns.replace(" ", "") + ",n\n");
        plain(file, two);
        file.append(lookalike.get(1));
        plain(file, two);
        file.append(lookalike.get(2)).append(lookalike.get(2));
        plain(file, two);
        String aggregate = "groupBy: [" + columns + "], measures: [{function: sum, column: n, as: s}]";
        AggregateRun run = new AggregateRun(
                new Fixture("", aggregate, REST, List.of(ByteText.of(file.toString()))), folder.path());
        for (int sliceBytes : new int[] {64, 700, 2000, 5000, 1 << 20}) {
            run.check(sliceBytes, 1 + sliceBytes % 3, lookalike);
        }
    }

    private static void plain(StringBuilder file, boolean two) {
        for (int row = 0; row < PLAIN_ROWS; row++) {
            file.append('k')
                    .append(row % 7)
                    .append(two ? ",l," : ",")
                    .append(row)
                    .append('\n');
        }
    }
}
