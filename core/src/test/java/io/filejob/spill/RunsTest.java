package io.filejob.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.bytes.ByteCursor;
import io.filejob.bytes.ByteList;
import io.filejob.csv.CsvDialect;
import io.filejob.examples.Drawing;
import io.filejob.examples.DrawingSource;
import io.filejob.examples.DrawnText;
import io.filejob.examples.Seeds;
import io.filejob.file.MemoryFolder;
import io.filejob.file.PendingFile;
import io.filejob.group.GroupSchema;
import io.filejob.group.GroupStream;
import io.filejob.group.SortedRecords;
import io.filejob.group.StateSkip;
import io.filejob.ledger.LostPartialException;
import io.filejob.ledger.SpillFile;
import io.filejob.spec.MeasureFunction;
import io.filejob.spec.MeasureSpec;
import io.filejob.spec.aggregate.AggregateSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Runs are merged in key order, in any range of keys; damaged files are refused. */
final class RunsTest {
    private static final GroupSchema SCHEMA = new GroupSchema(
            new AggregateSpec(
                    List.of("k"),
                    List.of(
                            new MeasureSpec(MeasureFunction.COUNT, null, null, null),
                            new MeasureSpec(MeasureFunction.MAX, "n", null, null)),
                    null,
                    null,
                    null),
            CsvDialect.standard());

    /** One group: its key, the number of its rows, and the only value of the column. */
    // Groups are compared as texts.
    @SuppressWarnings("ArrayRecordComponent")
    private record Group(byte[] key, long count, int value) {
        void write(ByteList out) {
            out.putVarint(count);
            out.put(0);
            out.putSigned(value);
        }

        @Override
        public String toString() {
            return DrawnText.of(key, 0, key.length) + " " + count + " " + value;
        }
    }

    private final MemoryFolder folder = new MemoryFolder();

    /** Writes the runs into one file. */
    private List<SpillFile> write(List<List<Group>> runs) {
        List<SpillFile> written = new ArrayList<>();
        try (PendingFile file = folder.create("runs", "test")) {
            long start = 0;
            for (List<Group> run : runs) {
                SpillWriter writer = new SpillWriter("runs", file, start);
                run.forEach(group -> group.write(writer.begin(
                        Arrays.copyOf(group.key(), group.key().length + ByteList.SLACK), 0, group.key().length)));
                written.add(writer.finish());
                start = written.getLast().end();
            }
            file.commit();
        }
        return written;
    }

    /** Returns the records of the runs in the order of the merge; {@code common} is the length of the keys' prefix. */
    private List<String> merged(List<SpillFile> runs, byte[] low, byte @Nullable [] high, int common) {
        try (SpillFiles files = new SpillFiles(folder, new SpillBuffers(), 20_000)) {
            List<SpillCursor> cursors = runs.stream()
                    .map(run -> files.cursor(run, new SpillCursor.KeyRange(low, high)))
                    .toList();
            return records(new SpillMerge(cursors, new StateSkip(SCHEMA), common));
        }
    }

    private static List<String> records(SortedRecords records) {
        List<String> all = new ArrayList<>();
        while (records.next()) {
            ByteCursor state = records.state();
            byte[] key =
                    Arrays.copyOfRange(records.bytes(), records.keyStart(), records.keyStart() + records.keyLength());
            long count = state.varint();
            assertThat(state.get()).isZero();
            all.add(new Group(key, count, (int) state.signed()).toString());
        }
        return all;
    }

    /** Each line is a run of groups; the merge is shown record by record, and combined by key. */
    @ParameterizedTest
    @DrawingSource("merge.txt")
    void runsAreMergedAsDrawn(Drawing drawing) {
        drawing.check(lines -> {
            List<List<Group>> runs = lines.stream()
                    .map(line ->
                            Drawing.cells(line).stream().map(RunsTest::group).toList())
                    .toList();
            List<SpillFile> written = write(runs);
            byte[] low = DrawnText.bytes(drawing.setting("low", "''"));
            byte[] high = drawing.setting("high", "").isEmpty() ? null : DrawnText.bytes(drawing.setting("high", ""));
            if (!drawing.has("combined")) {
                return merged(written, low, high, 0);
            }
            try (SpillFiles files = new SpillFiles(folder, new SpillBuffers(), 20_000)) {
                List<SpillCursor> cursors = written.stream()
                        .map(run -> files.cursor(run, new SpillCursor.KeyRange(low, high)))
                        .toList();
                GroupStream groups = new GroupStream(SCHEMA, new SpillMerge(cursors, new StateSkip(SCHEMA), 0));
                List<String> all = new ArrayList<>();
                while (groups.next()) {
                    ByteList text = new ByteList(16);
                    groups.measure(0).print(GroupStream.CURRENT, text);
                    text.put(' ');
                    groups.measure(1).print(GroupStream.CURRENT, text);
                    all.add(DrawnText.of(groups.key().array(), 0, groups.key().size()) + " "
                            + new String(text.toArray(), StandardCharsets.US_ASCII));
                }
                return all;
            }
        });
    }

    private static Group group(String cell) {
        String[] words = cell.split(" ", -1);
        return new Group(DrawnText.bytes(words[0]), Long.parseLong(words[1]), Integer.parseInt(words[2]));
    }

    @Test
    void anyRangeOfAnyRunsIsMergedInOrder() {
        Seeds.repeat(60, random -> {
            byte[] prefix = "prefix-".repeat(random.nextInt(3)).getBytes(StandardCharsets.US_ASCII);
            List<List<Group>> runs = new ArrayList<>();
            for (int i = random.nextInt(1, 9); i > 0; i--) {
                runs.add(run(random, prefix));
            }
            List<SpillFile> written = write(runs);
            byte[] low = random.nextInt(3) == 0 ? new byte[0] : key(random, prefix);
            byte[] high = random.nextInt(3) == 0 ? null : key(random, prefix);
            List<String> expected = runs.stream()
                    .flatMap(List::stream)
                    .filter(group -> Arrays.compareUnsigned(group.key(), low) >= 0)
                    .filter(group -> high == null || Arrays.compareUnsigned(group.key(), high) < 0)
                    .sorted((one, other) -> Arrays.compareUnsigned(one.key(), other.key()))
                    .map(Group::toString)
                    .toList();
            assertThat(merged(written, low, high, 0)).isEqualTo(expected);
            assertThat(merged(written, low, high, prefix.length)).isEqualTo(expected);
        });
    }

    private static List<Group> run(SplittableRandom random, byte[] prefix) {
        List<Group> run = new ArrayList<>();
        int count = Seeds.pick(random, 0, 1, 20, 3000);
        for (int i = 0; i < count; i++) {
            run.add(new Group(key(random, prefix), 1 + random.nextInt(1000), random.nextInt()));
        }
        run.sort((one, other) -> Arrays.compareUnsigned(one.key(), other.key()));
        return run;
    }

    private static byte[] key(SplittableRandom random, byte[] prefix) {
        byte[] key = Arrays.copyOf(prefix, prefix.length + random.nextInt(14));
        for (int i = prefix.length; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(3) - 1);
        }
        return key;
    }

    @Test
    void aFileWithAWrongByteIsRefused() {
        SplittableRandom random = new SplittableRandom(3);
        List<SpillFile> runs = write(List.of(List.of(new Group(new byte[3], 1, 7)), run(random, new byte[5])));
        byte[] right = folder.find("runs").orElseThrow();
        assertThat(merged(runs, new byte[0], null, 0)).isNotEmpty();
        for (int at = 0; at < right.length; at += 1 + at / 40) {
            byte[] wrong = right.clone();
            wrong[at] ^= (byte) (1 << random.nextInt(8));
            folder.put("runs", wrong);
            assertThatThrownBy(() -> merged(runs, new byte[0], null, 0))
                    .as("byte %d", at)
                    .isInstanceOf(LostPartialException.class);
            folder.put("runs", Arrays.copyOf(right, at));
            assertThatThrownBy(() -> merged(runs, new byte[0], null, 0)).isInstanceOf(LostPartialException.class);
        }
    }

    /** Runs without an index have checksums in their frames. */
    @Test
    void framedRunsComeBackAndAreCheckedToo() {
        Seeds.repeat(20, random -> {
            List<Group> run = run(random, new byte[2]);
            FramedRun framed;
            try (PendingFile file = folder.create("framed", "test")) {
                file.write(new byte[11], 0, 11);
                FramedWriter writer = new FramedWriter("framed", file, 11);
                run.forEach(group -> group.write(writer.begin(group.key(), 0, group.key().length)));
                framed = writer.finish();
                file.commit();
            }
            assertThat(read(framed)).isEqualTo(run.stream().map(Group::toString).toList());
            byte[] bytes = folder.find("framed").orElseThrow();
            assertThat(framed.end()).isEqualTo(bytes.length);
            if (bytes.length > 11) {
                bytes[random.nextInt(11, bytes.length)] ^= 4;
                folder.put("framed", bytes);
                assertThatThrownBy(() -> read(framed)).isInstanceOf(LostPartialException.class);
            }
        });
    }

    private List<String> read(FramedRun run) {
        try (SpillFiles files = new SpillFiles(folder, new SpillBuffers(), 20_000)) {
            return records(new SpillMerge(List.of(files.cursor(run)), new StateSkip(SCHEMA), 0));
        }
    }

    /** Each key range holds its records in input order, in as many runs as the limit of an index asks for. */
    @Test
    void recordsAreDividedIntoKeyRanges() {
        Seeds.repeat(30, random -> {
            List<byte[]> borders = new ArrayList<>();
            for (int i = random.nextInt(1, 12); i > 0; i--) {
                borders.add(key(random, new byte[1]));
            }
            borders.sort(Arrays::compareUnsigned);
            List<Group> rows = new ArrayList<>(run(random, new byte[1]));
            Collections.shuffle(rows, new Random(random.nextLong()));
            List<SpillFile> runs;
            try (PendingFile file = folder.create("buckets", "test")) {
                file.write(new byte[5], 0, 5);
                RowBuckets buckets =
                        new RowBuckets("buckets", file, 5, new Splitters(borders), random.nextInt(100, 1000));
                rows.forEach(row -> row.write(buckets.begin(
                        Arrays.copyOf(row.key(), row.key().length + ByteList.SLACK), 0, row.key().length)));
                runs = buckets.finish();
                file.commit();
            }
            assertThat(runs.stream().mapToLong(SpillFile::records).sum()).isEqualTo(rows.size());
            for (int range = 0; range <= borders.size(); range++) {
                byte[] low = range == 0 ? new byte[0] : borders.get(range - 1);
                byte[] high = range == borders.size() ? null : borders.get(range);
                List<String> read = new ArrayList<>();
                for (SpillFile run : runs) {
                    assertThat(run.sorted()).isFalse();
                    read.addAll(merged(List.of(run), low, high, 0));
                }
                assertThat(read)
                        .isEqualTo(rows.stream()
                                .filter(row -> Arrays.compareUnsigned(row.key(), low) >= 0)
                                .filter(row -> high == null || Arrays.compareUnsigned(row.key(), high) < 0)
                                .map(Group::toString)
                                .toList());
            }
        });
    }
}
