package io.filejob.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The batches of rows, and the paths by which they are read, do not depend on the size or the fill level of the buffer.
 */
@Timeout(180)
final class SameBatchesTest {
    private static final int CASES = 30;
    private static final int SIZE = 900_000;
    private static final String[] FIELDS = {"a", "bc", "\"a,\nb\"", "\"\"\"\"", "x\"y", "\r", "long".repeat(300)};

    @TempDir
    private Path folder;

    @Test
    void dependOnTheRangeAndItsStartAlone() throws IOException {
        for (long seed = 0; seed < CASES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Path file = folder.resolve("in" + seed);
            Files.writeString(file, text(random), ISO_8859_1);
            ByteSource source = MemorySource.of(file);
            long from = random.nextInt(SIZE / 2);
            long to = Math.min(source.size(), from + 1 + random.nextInt(SIZE));
            FileRange range = new FileRange(source, from, to, OptionalLong.empty());

            Log expected = log(reader(256 << 10), range);
            RowReader experienced = reader(64);
            log(experienced, FileRange.whole(source));
            log(experienced, new FileRange(source, from / 2, from, OptionalLong.empty()));
            long start = Math.clamp(expected.outcome.start(), from, source.size());
            FileRange told = new FileRange(source, from, to, OptionalLong.of(start));

            for (Log other : List.of(
                    log(reader(1 + random.nextInt(5000)), range),
                    log(reader(4 << 20), range),
                    log(experienced, range),
                    log(experienced, told),
                    log(reader(300), told))) {
                assertThat(other.calls).as("seed " + seed).isEqualTo(expected.calls);
                assertThat(other.outcome.end()).as("seed " + seed).isEqualTo(expected.outcome.end());
                assertThat(other.outcome.samples()).as("seed " + seed).isEqualTo(expected.outcome.samples());
            }
        }
    }

    private static RowReader reader(int bufferBytes) {
        return new RowReader(
                CsvDialect.standard(),
                List.of("k", "n"),
                OnBad.SKIP,
                BadRecordSink.NONE,
                new Window(bufferBytes, RangeReader.RECORD_LIMIT));
    }

    private static Log log(RowReader reader, FileRange range) {
        Log log = new Log();
        log.outcome = reader.read(range, log);
        return log;
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder("k,n\n");
        int odd = 2 + random.nextInt(100);
        String lineBreak = random.nextInt(3) == 0 ? "\r\n" : "\n";
        int longest = random.nextInt(400_000);
        while (text.length() < SIZE) {
            int plain = random.nextInt(3000);
            for (int i = 0; i < plain; i++) {
                String field = random.nextInt(odd) == 0 ? FIELDS[random.nextInt(FIELDS.length)] : "k" + i;
                text.append(field).append(',').append(i).append(lineBreak);
            }
            text.append('"')
                    .append("y,1\n".repeat(random.nextInt(1 + longest / 4)))
                    .append("\",1")
                    .append(lineBreak);
        }
        return text.toString();
    }

    /** Records the calls made by a reader. */
    private static final class Log implements RowConsumer, FastPath {
        private final List<String> calls = new ArrayList<>();
        private RangeOutcome outcome = new RangeOutcome(0, 0, true, 0, 0, 0, 0, List.of(), null);
        private int rows;

        @Override
        public void use(Batch batch) {
            calls.add("batch of " + batch.rows + " from " + batch.offset(0));
        }

        @Override
        public Optional<FastPath> plain(int columns, int[] wanted) {
            return Optional.of(this);
        }

        /** Takes lines that begin with a k. */
        @Override
        public int read(byte[] bytes, int from, int limit) {
            rows = 0;
            int p = from;
            while (p < limit && bytes[p] == 'k') {
                int end = p;
                while (bytes[end] != '\n' && bytes[end] != '"' && bytes[end] != '\r') {
                    end++;
                }
                if (bytes[end] != '\n') {
                    break;
                }
                rows++;
                p = end + 1;
            }
            calls.add("plain " + rows + " rows in " + (p - from) + " bytes");
            return p;
        }

        @Override
        public int rows() {
            return rows;
        }
    }
}
