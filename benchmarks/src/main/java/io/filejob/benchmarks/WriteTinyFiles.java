package io.filejob.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** {@code WriteTinyFiles FOLDER FILES}: creates FILES CSV files in a folder, of one to four rows each. */
public final class WriteTinyFiles {
    private static final int SONGS = 1000;
    private static final int MAX_ROWS = 4;
    private static final int MAX_PLAYS = 1000;

    private WriteTinyFiles() {}

    /** Writes the files. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Files.createDirectories(folder);
        int files = Integer.parseInt(args[1]);
        SplittableRandom random = new SplittableRandom(42);
        List<String> songs = new RandomNames(42).distinct(SONGS, 3, 26);
        for (int file = 0; file < files; file++) {
            StringBuilder text = new StringBuilder("Song,Number of Plays\n");
            for (int rows = file % MAX_ROWS + 1; rows > 0; rows--) {
                text.append(songs.get(random.nextInt(SONGS))).append(',');
                text.append(random.nextInt(MAX_PLAYS)).append('\n');
            }
            Files.write(
                    folder.resolve("plays-" + file + ".csv"), text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
