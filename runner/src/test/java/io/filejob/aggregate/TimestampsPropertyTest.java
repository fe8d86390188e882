package io.filejob.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.local.LocalRun;
import io.filejob.manifest.ManifestReader;
import io.filejob.status.Rejected;
import io.filejob.status.RowCounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys and comparisons of timestamps, compared with the classes of {@code java.time}, for every size of slices. */
@Timeout(180)
final class TimestampsPropertyTest {
    private static final int CASES = 60;
    private static final String[] UNITS = {"hour", "day", "week", "month", "year"};
    private static final String[] FORMATS = {
        "", "dd.MM.yyyy HH:mm", "d/M/yyyy H:mm:ss", "yyyyMMdd HHmmss", "yyyy-MM-ddTHH:mm:ssZ"
    };
    private static final String[] DELIMITERS = {",", ";", "-", ":", "T"};

    @TempDir
    private Path folder;

    /** Sums and days of a group. */
    private record Group(long sum, long count, String first) {
        Group plus(Group other) {
            return new Group(
                    sum + other.sum, count + other.count, first.compareTo(other.first) < 0 ? first : other.first);
        }
    }

    @Test
    void groupsByTruncatedTimesForEverySlicing() throws Exception {
        for (long seed = 0; seed < CASES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            String unit = UNITS[random.nextInt(UNITS.length)];
            String format = FORMATS[random.nextInt(FORMATS.length)];
            String delimiter = DELIMITERS[random.nextInt(DELIMITERS.length)];
            String separator = random.nextBoolean() ? "\n" : "\r\n";
            LocalDateTime from = LocalDateTime.of(2019 + random.nextInt(3), 12, 20, 0, 0);
            String since = from.plusDays(5).toLocalDate().toString();
            Map<String, Group> groups = new TreeMap<>();
            StringBuilder text = new StringBuilder(String.join(delimiter, "s", "w", "n") + separator);
            int rows = random.nextInt(150);
            int bad = 0;
            for (int i = 0; i < rows; i++) {
                LocalDateTime time = from.plusSeconds(random.nextLong(40L * 24 * 60 * 60));
                String song = random.nextBoolean() ? "a" : "b";
                boolean isBad = random.nextInt(12) == 0;
                String field = isBad ? "31.02.2020 11h" : written(random, format, time);
                text.append(song).append(delimiter).append('"').append(field).append('"');
                text.append(delimiter).append(i).append(separator);
                String day = time.toLocalDate().toString();
                bad += isBad ? 1 : 0;
                if (!isBad && day.compareTo(since) >= 0) {
                    groups.merge(truncated(unit, time) + "," + song, new Group(i, 1, day), Group::plus);
                }
            }
            Files.writeString(folder.resolve("in.csv"), text);
            StringBuilder expected = new StringBuilder("w,s,n,c,f\n");
            groups.forEach((key, group) -> expected.append(key)
                    .append(String.format(Locale.ROOT, ",%d,%d,%s%n", group.sum(), group.count(), group.first())));
            for (int i = 0; i < 3; i++) {
                int sliceBytes = 1 + random.nextInt(i == 0 ? 40 : 2000);
                String what = "seed " + seed + ", " + unit + " of " + format + ", slices of " + sliceBytes;
                LocalRun.RunOutcome outcome = run(unit, format, delimiter, since, sliceBytes, 1 + random.nextInt(4));
                assertThat(outcome.failure()).as(what).isNull();
                assertThat(outcome.status().rows()).as(what).isEqualTo(new RowCounts(rows, rows - bad, bad));
                assertThat(Files.readString(folder.resolve("out.csv"))).as(what).isEqualTo(expected.toString());
            }
        }
    }

    @Test
    void keysThatAreNoTimestampsAreRejectedWithTheirText() throws Exception {
        Files.writeString(folder.resolve("in.csv"), "s,w,n\na,2020-01-01 24:00,1\nb,2020-01-01,2\n");
        Rejected rejected = Objects.requireNonNull(
                run("hour", "", ",", "0001-01-01", 10, 1).status().rejected());
        assertThat(rejected.samples()).singleElement().satisfies(bad -> {
            assertThat(bad.describe()).contains("in.csv:2: ", "2020-01-01 24:00", "not a date");
        });
    }

    private static String written(SplittableRandom random, String format, LocalDateTime time) {
        if (format.isEmpty()) {
            String iso = time.toLocalDate()
                    + (random.nextBoolean() ? "T" : " ")
                    + DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).format(time);
            return iso + new String[] {"", "Z", ".125", "+02:00"}[random.nextInt(4)];
        }
        String pattern = format.replace("T", "'T'").replace("Z", "'Z'").replace("yyyy", "uuuu");
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(time);
    }

    private static String truncated(String unit, LocalDateTime time) {
        return switch (unit) {
            case "hour" -> time.truncatedTo(ChronoUnit.HOURS).toString();
            case "day" -> time.toLocalDate().toString();
            case "week" ->
                time.toLocalDate()
                        .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                        .toString();
            case "month" -> time.toLocalDate().toString().substring(0, 7);
            default -> Integer.toString(time.getYear());
        };
    }

    private LocalRun.RunOutcome run(
            String unit, String format, String delimiter, String since, int sliceBytes, int workers) throws Exception {
        Files.deleteIfExists(folder.resolve("out.csv"));
        return AggregateRun.outcome(
                ManifestReader.read(String.format(
                        Locale.ROOT,
                        """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: case}
                spec:
                  workers: %d
                  onBadRecord: skip
                  input: {files: [in.csv], sliceBytes: %d, format: {csv: {delimiter: "%s"}}}
                  operation:
                    aggregate:
                      groupBy: [w, s]
                      measures:
                        - {function: sum, column: n, as: n}
                        - {function: count, as: c}
                        - {function: min, column: w, as: f, type: date}
                      where: [{column: w, operator: ">=", value: "%s", type: date}]
                      timestamps: [{column: w, truncate: %s%s}]
                  output: {uri: out.csv}
                """,
                        workers,
                        sliceBytes,
                        delimiter,
                        since,
                        unit,
                        format.isEmpty() ? "" : ", format: \"" + format + "\"")),
                folder);
    }
}
