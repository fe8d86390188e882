package io.filejob.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.filejob.local.LocalRun;
import io.filejob.manifest.ManifestReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows in files of any encoding and deviation have the same result as the same rows in regular files in UTF-8, for every
 * size of slices and number of workers.
 */
@Timeout(180)
final class AsItComesPropertyTest {
    private static final int CASES = 60;
    private static final String[] ENCODINGS = {
        "UTF-8", "utf-16", "UTF-16LE", "UTF-16BE", "latin1", "ISO-8859-15", "windows-1252", "cp1252", "windows-1254"
    };
    private static final String[] KEYS = {"a", "Déjà vu", "Sigur Rós", "straße", "b", "ÿ", "x y"};
    private static final String AGGREGATE =
            "aggregate: {groupBy: [Song], measures: [{function: sum, column: Plays, as: n}, {function: count, as: c},"
                    + " {function: last, column: Note, as: l}, {function: countDistinct, column: Plays, as: d}]}";

    @TempDir
    private Path folder;

    /** A row; the text NA is a null. */
    private record Row(String song, String plays, String note) {}

    /** How a file is written. */
    private record Style(String encoding, boolean mark, int before, int after, boolean comma, boolean trailing) {
        static Style random(SplittableRandom random) {
            return new Style(
                    ENCODINGS[random.nextInt(ENCODINGS.length)],
                    random.nextBoolean(),
                    random.nextInt(3),
                    random.nextInt(3),
                    random.nextBoolean(),
                    random.nextBoolean());
        }

        String format() {
            return "delimiter: \";\", nullTexts: [NA, \"-\"], fillMissing: true, lenientQuotes: true, looseNames: true, encoding: "
                    + encoding + (before > 0 ? ", skipLines: " + before : "")
                    + (after > 0 ? ", skipFooter: " + after : "")
                    + (comma ? ", decimal: \",\", thousands: \".\"" : "")
                    + (trailing ? ", trailingDelimiter: true" : "");
        }
    }

    @Test
    void hasTheResultOfRegularFiles() throws Exception {
        for (long seed = 0; seed < CASES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Style style = Style.random(random);
            StringBuilder regular = new StringBuilder("Song;Plays;Note\n");
            Path odd = Files.createDirectories(folder.resolve("odd" + seed));
            for (int file = 0; file < 1 + random.nextInt(3); file++) {
                List<Row> rows = rows(random);
                for (Row row : rows) {
                    regular.append(row.song())
                            .append(';')
                            .append(row.plays())
                            .append(';')
                            .append(row.note())
                            .append('\n');
                }
                write(odd, file, text(random, style, rows), style, random);
            }
            Files.writeString(folder.resolve("regular.csv"), regular);
            LocalRun.RunOutcome expected = run("regular.csv", "delimiter: \";\", nullText: NA", "64Mi", 1);
            for (int i = 0; i < 4; i++) {
                int sliceBytes = 1 + random.nextInt(i == 0 ? 50 : 3000);
                int workers = 1 + random.nextInt(4);
                LocalRun.RunOutcome actual =
                        run(odd.getFileName() + "/*", style.format(), Integer.toString(sliceBytes), workers);
                String what = "seed " + seed + ", " + sliceBytes + " bytes, " + workers + " workers, " + style;
                assertThat(actual.failure()).as(what).isNull();
                assertThat(actual.status().rows())
                        .as(what)
                        .isEqualTo(expected.status().rows());
                assertThat(actual.status().result())
                        .as(what)
                        .isEqualTo(expected.status().result());
            }
        }
    }

    private static List<Row> rows(SplittableRandom random) {
        List<Row> rows = new ArrayList<>();
        int count = random.nextInt(120);
        for (int i = 0; i < count; i++) {
            String plays = random.nextInt(8) == 0
                    ? "NA"
                    : random.nextInt(10) == 0
                            ? "none"
                            : random.nextInt(-5000, 5_000_000) + "." + (1 + random.nextInt(9));
            rows.add(new Row(pick(random, KEYS), plays, random.nextInt(3) == 0 ? "NA" : pick(random, KEYS)));
        }
        return rows;
    }

    private static String text(SplittableRandom random, Style style, List<Row> rows) {
        String lineBreak = pick(random, "\n", "\r\n");
        String end = (style.trailing() ? ";" : "") + lineBreak;
        StringBuilder text = new StringBuilder(("Bericht für \"2020\"" + lineBreak).repeat(style.before()));
        text.append(random.nextBoolean() ? "sep=;" + lineBreak : "")
                .append("SONG; plays;Note ")
                .append(end);
        for (Row row : rows) {
            String song = random.nextInt(5) == 0 ? "\"" + row.song() + "\"" : row.song();
            text.append(song).append(';').append(number(random, style, row.plays()));
            boolean isNull = row.note().equals("NA");
            boolean isMissing = isNull && random.nextBoolean();
            text.append(isMissing ? "" : isNull ? ";-" : ";" + row.note());
            text.append(isMissing ? lineBreak : end);
        }
        text.append(("Summe: ÄÖ" + lineBreak).repeat(style.after()));
        return random.nextBoolean() ? text.toString() : text.substring(0, text.length() - lineBreak.length());
    }

    private static String number(SplittableRandom random, Style style, String plays) {
        if (plays.equals("NA")) {
            return pick(random, "NA", "-");
        }
        if (!style.comma() || plays.equals("none")) {
            return plays;
        }
        String whole = plays.substring(0, plays.length() - 2);
        String grouped = random.nextBoolean() ? whole : whole.replaceAll("(?<=[0-9])(?=([0-9]{3})+$)", ".");
        return grouped + "," + plays.charAt(plays.length() - 1);
    }

    private static void write(Path odd, int file, String text, Style style, SplittableRandom random)
            throws IOException {
        String name = style.encoding().replaceFirst("^cp", "windows-");
        boolean isUtf16 = name.equals("utf-16");
        Charset charset = Charset.forName(isUtf16 ? "UTF-16" + pick(random, "LE", "BE") : name);
        boolean hasMark = style.mark() && name.toLowerCase(Locale.ROOT).startsWith("utf");
        byte[] bytes = ((hasMark ? "\uFEFF" : "") + text).getBytes(charset);
        switch (random.nextInt(4)) {
            case 0 -> {
                ByteArrayOutputStream packed = new ByteArrayOutputStream();
                try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                    out.write(bytes);
                }
                Files.write(odd.resolve(file + ".csv.gz"), packed.toByteArray());
            }
            case 1 -> Files.write(odd.resolve(file + ".csv.zst"), Zstd.compress(bytes));
            default -> Files.write(odd.resolve(file + ".csv"), bytes);
        }
    }

    private LocalRun.RunOutcome run(String files, String format, String sliceBytes, int workers) throws Exception {
        String yaml = String.format(Locale.ROOT, """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: case}
                spec:
                  workers: %d
                  onBadRecord: skip
                  input: {files: ["%s"], sliceBytes: %s, format: {csv: {%s}}}
                  operation: {%s}
                """, workers, files, sliceBytes, format, AGGREGATE);
        return AggregateRun.outcome(ManifestReader.read(yaml), folder);
    }

    private static String pick(SplittableRandom random, String... from) {
        return from[random.nextInt(from.length)];
    }
}
