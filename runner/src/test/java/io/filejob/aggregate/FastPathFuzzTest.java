package io.filejob.aggregate;

import static io.filejob.aggregate.RandomDialect.pick;

import io.filejob.testing.fuzz.FuzzRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Mixes records for the fast path with records whose raw bytes resemble known keys: quotes, runs of quotes, line
 * breaks, delimiters, NUL, invalid UTF-8, long keys. Fast path and slow path agree with the oracle.
 */
@Timeout(180)
final class FastPathFuzzTest {
    private static final String SKIPPING = ", onBadRecord: skip, rejects: {uri: " + Fixture.REJECTS + "}";
    private static final int LONG_KEY = 240;

    private int number;

    @RegisterExtension
    final QuickFolder folder = new QuickFolder();

    @Test
    void rawBytesNeverPassForAQuotedKey() throws InterruptedException {
        FuzzRun.repeat("fast path", random -> {
            Path path = Files.createDirectory(folder.path().resolve("case" + number++));
            check(random, path);
        });
    }

    private static void check(SplittableRandom random, Path path) {
        int keys = 1 + random.nextInt(3);
        char delimiter = pick(random, ',', ',', ';', '\t');
        String quote = pick(random, "\"", "\"", "\"", "'", "");
        String csv =
                "delimiter: " + RandomDialect.yaml(String.valueOf(delimiter)) + ", quote: " + RandomDialect.yaml(quote);
        List<String> columns = List.of("a", "b", "c").subList(0, keys);
        // A measure of the first text cannot be computed by the fast path.
        String slow = random.nextInt(4) == 0 ? ", {function: first, column: n, as: f}" : "";
        String measures = pick(random, "{function: sum, column: n, as: s}", "{function: max, column: n, as: s}")
                + pick(random, "", ", {function: count}", ", {function: avg, column: n, as: m}")
                + slow;
        String aggregate = "groupBy: " + columns + ", measures: [" + measures + "]";
        String rest = "output: {uri: " + Fixture.OUTPUT + "}" + (random.nextInt(4) > 0 ? SKIPPING : "");
        String header = String.join(String.valueOf(delimiter), columns) + delimiter + "n\n";
        List<String> files = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(2); i++) {
            files.add(header + new Text(random, delimiter, quote, keys).write());
        }
        AggregateRun run = new AggregateRun(new Fixture(csv, aggregate, rest, files), path);
        if (random.nextInt(3) == 0) {
            run.spilling();
        }
        run.check(1 << 20, 1, path);
        run.check(600 + random.nextInt(run.bytes()), 1 + random.nextInt(3), path);
        run.check(600 + random.nextInt(9000), 2, path);
    }

    /** A file. */
    private static final class Text {
        private final SplittableRandom random;
        private final char delimiter;
        private final String quote;
        private final int keys;
        private final String lineBreak;
        private final List<String> texts = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        Text(SplittableRandom random, char delimiter, String quote, int keys) {
            this.random = random;
            this.lineBreak = pick(random, "\n", "\n", "\r\n");
            this.delimiter = delimiter;
            this.quote = quote;
            this.keys = keys;
            int count = 2 + random.nextInt(8);
            for (int i = 0; i < count; i++) {
                texts.add(odd());
            }
        }

        String write() {
            int parts = 1 + random.nextInt(8);
            int longest = pick(random, 20, 300, 2000);
            for (int i = 0; i < parts; i++) {
                plain(1 + random.nextInt(longest));
                for (int odd = random.nextInt(12); odd > 0; odd--) {
                    oddRow();
                }
            }
            return text.toString();
        }

        private void plain(int rows) {
            int different = pick(random, 3, 100, 1 << 20);
            for (int row = 0; row < rows; row++) {
                for (int key = 0; key < keys; key++) {
                    text.append('k').append(random.nextInt(different)).append(delimiter);
                }
                text.append(random.nextInt(1000))
                        .append(random.nextInt(50) == 0 ? ".5" : "")
                        .append(lineBreak);
            }
        }

        /** Returns special pieces of text. */
        private String odd() {
            StringBuilder odd = new StringBuilder();
            for (int i = random.nextInt(5); i >= 0; i--) {
                odd.append(pick(
                        random,
                        quote,
                        quote + quote,
                        quote.repeat(random.nextInt(20)),
                        String.valueOf(delimiter),
                        delimiter + "1\n",
                        "\n",
                        "\r\n",
                        "\r",
                        "\0",
                        "\u00FF",
                        "\u00C3\u00A4",
                        "k1",
                        "k1" + delimiter + "k1",
                        "a",
                        "b",
                        "",
                        "x".repeat(LONG_KEY + random.nextInt(60))));
            }
            return odd.toString();
        }

        private void oddRow() {
            StringBuilder row = new StringBuilder();
            for (int key = 0; key < keys; key++) {
                String chosen = random.nextInt(3) == 0 ? odd() : pick(random, texts.toArray(String[]::new));
                row.append(field(chosen)).append(random.nextInt(40) == 0 ? "" : delimiter);
            }
            String number = pick(random, "1", "10", "100", "-7", "2.25", "5.", "1e2", "", "x");
            row.append(random.nextInt(12) == 0 ? quote + number + quote : number);
            text.append(row).append(random.nextInt(20) == 0 ? "\r" : lineBreak);
        }

        /** Returns the content as a properly quoted field, or its raw bytes. */
        private String field(String content) {
            if (quote.isEmpty() || (random.nextBoolean() && !content.startsWith(quote))) {
                return content;
            }
            return quote + content.replace(quote, quote + quote) + quote;
        }
    }
}
