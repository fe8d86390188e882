package io.filejob.fuzz;

import io.filejob.aggregate.ByteText;
import io.filejob.aggregate.CsvOracle;
import io.filejob.csv.BadRecord;
import io.filejob.csv.BadRecordSink;
import io.filejob.csv.Batch;
import io.filejob.csv.ByteSource;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FieldText;
import io.filejob.csv.FileRange;
import io.filejob.csv.OnBad;
import io.filejob.csv.RangeOutcome;
import io.filejob.csv.RowReader;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The content of a file as read by the engine in random pieces.
 *
 * @param readable whether the header was recognized
 * @param columns number of columns
 * @param rows the fields of good rows and the reasons for bad ones, in file order
 * @param failure why reading failed or stopped early; empty if it did not
 */
record CsvRead(boolean readable, int columns, List<String> rows, String failure) {
    static CsvRead of(byte[] file, CsvDialect dialect, SplittableRandom random) {
        try {
            boolean unknown = random.nextInt(4) == 0;
            ByteSource source = new Bytes(file, unknown);
            int columns = new RowReader(dialect, List.of(), OnBad.SKIP, BadRecordSink.NONE)
                    .header(source)
                    .size();
            return unknown || file.length == 0
                    ? new Pieces(dialect, columns).whole(new Bytes(file, unknown))
                    : new Pieces(dialect, columns).pieces(source, random);
        } catch (JobFailedException e) {
            if (e.exitCode() != ExitCode.BAD_INPUT) {
                throw e;
            }
            return new CsvRead(false, 0, List.of(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Formats a row of the oracle as in {@link #rows}. */
    static String text(CsvOracle.Row row) {
        return row.bad() != null
                ? "bad " + row.bad()
                : row.fields().stream().map(CsvOracle.Field::text).collect(Collectors.joining("<>"));
    }

    /** Reads a file piece by piece, as workers and their merge do. */
    private static final class Pieces {
        private final int columns;
        private final FieldText text;
        private final RowReader reader;
        private final TreeMap<Long, String> rows = new TreeMap<>();
        private long lines;
        private String failure = "";

        Pieces(CsvDialect dialect, int columns) {
            this.columns = columns;
            this.text = new FieldText(dialect);
            List<String> wanted =
                    IntStream.rangeClosed(1, columns).mapToObj(i -> "#" + i).toList();
            BadRecordSink all = new BadRecordSink() {
                @Override
                public boolean wantsAll() {
                    return true;
                }

                @Override
                public void add(BadRecord bad, byte[] bytes, int from, int to) {
                    rows.put(bad.offset(), "bad " + bad.reason());
                }
            };
            this.reader = new RowReader(dialect, wanted, OnBad.SKIP, all);
        }

        CsvRead whole(ByteSource source) {
            add(reader.read(FileRange.whole(source), this::use));
            return read();
        }

        CsvRead pieces(ByteSource source, SplittableRandom random) {
            List<Long> cuts = new ArrayList<>(random.longs(random.nextInt(6), 0, source.size())
                    .distinct()
                    .filter(cut -> cut > 0)
                    .sorted()
                    .boxed()
                    .toList());
            cuts.add(source.size());
            long from = 0;
            long end = 0;
            for (long to : cuts) {
                TreeMap<Long, String> before = new TreeMap<>(rows);
                RangeOutcome outcome = reader.read(new FileRange(source, from, to, OptionalLong.empty()), this::use);
                if (outcome.start() != end) {
                    rows.clear();
                    rows.putAll(before);
                    outcome = reader.read(new FileRange(source, from, to, OptionalLong.of(end)), this::use);
                }
                add(outcome);
                if (!failure.isEmpty()) {
                    return read();
                }
                from = to;
                end = outcome.end();
            }
            if (end != source.size()) {
                throw new AssertionError("the last record ends at " + end + " of " + source.size());
            }
            return read();
        }

        private void add(RangeOutcome outcome) {
            if (outcome.rowsIn() != outcome.rowsUsed() + outcome.rowsRejected()) {
                throw new AssertionError("rows that are neither used nor rejected: " + outcome);
            }
            BadRecord bad = outcome.failure();
            failure = bad == null ? "" : lines + bad.line() + ": " + bad.reason();
            lines += outcome.lines();
        }

        private void use(Batch batch) {
            for (int row = 0; row < batch.rows; row++) {
                List<String> fields = new ArrayList<>();
                for (int column = 0; column < columns; column++) {
                    text.of(batch.bytes, batch.begin(row, column), batch.end(row, column));
                    byte[] bytes = new byte[text.length()];
                    System.arraycopy(text.bytes, text.from, bytes, 0, bytes.length);
                    fields.add(ByteText.of(bytes));
                }
                rows.put(batch.offset(row), String.join("<>", fields));
            }
        }

        private CsvRead read() {
            return new CsvRead(true, columns, List.copyOf(rows.values()), failure);
        }
    }

    /** A file in memory. */
    // Files are never compared.
    @SuppressWarnings("ArrayRecordComponent")
    private record Bytes(byte[] content, boolean unknown) implements ByteSource {
        @Override
        public String name() {
            return "fuzz.csv";
        }

        @Override
        public long size() {
            return unknown ? UNKNOWN : content.length;
        }

        @Override
        public int read(long position, byte[] bytes, int offset, int length) {
            int count = (int) Math.min(length, content.length - position);
            if (count <= 0) {
                return -1;
            }
            System.arraycopy(content, (int) position, bytes, offset, count);
            return count;
        }

        @Override
        public void close() {
            // Only memory is held.
        }
    }
}
