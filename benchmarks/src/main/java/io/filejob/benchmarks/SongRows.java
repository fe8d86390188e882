package io.filejob.benchmarks;

import java.io.IOException;
import java.time.LocalDate;
import java.util.SplittableRandom;

/**
 * Plays in random order: {@code Song,Date,Number of Plays}. There is one song per 200 rows, and 366 days, so that three
 * in four pairs of song and date occur once. One song in fifty has a comma in its title, one in a hundred has quotes.
 */
final class SongRows {
    private static final int ROWS_PER_SONG = 200;
    private static final int DAYS = 366;
    private static final int MAX_PLAYS = 1000;

    private SongRows() {}

    static void write(long rows, RowBuffer out) throws IOException {
        SplittableRandom random = new SplittableRandom(42);
        byte[][] songs = new byte[(int) Math.max(1, rows / ROWS_PER_SONG)][];
        RandomNames names = new RandomNames(42);
        for (int i = 0; i < songs.length; i++) {
            songs[i] = RowBuffer.utf8(title(i, names.title(3)) + ",");
        }
        byte[][] days = new byte[DAYS][];
        for (int i = 0; i < DAYS; i++) {
            days[i] = RowBuffer.utf8(LocalDate.ofYearDay(2020, i + 1) + ",");
        }
        out.put(RowBuffer.utf8("Song,Date,Number of Plays")).endRow();
        for (long row = 0; row < rows; row++) {
            out.put(songs[random.nextInt(songs.length)]).put(days[random.nextInt(DAYS)]);
            out.put(random.nextInt(MAX_PLAYS)).endRow();
        }
    }

    private static String title(int song, String title) {
        if (song % 50 == 0) {
            return '"' + title + ", " + song + '"';
        }
        if (song % 100 == 1) {
            return "\"The \"\"" + title + "\"\" " + song + '"';
        }
        return title + " " + Integer.toString(song, 36);
    }
}
