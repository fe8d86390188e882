package io.filejob.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/** {@code WriteRows KIND FILE ROWS}: writes a CSV file of stations, quoted, songs or products. */
public final class WriteRows {
    private WriteRows() {}

    /** Runs it. */
    public static void main(String[] args) throws IOException {
        long rows = Long.parseLong(args[2]);
        try (RowBuffer out = new RowBuffer(Path.of(args[1]))) {
            switch (args[0]) {
                case "stations" -> StationRows.write(rows, out);
                case "quoted" -> QuotedRows.write(rows, out);
                case "songs" -> SongRows.write(rows, out);
                case "products" -> ProductRows.write(rows, out);
                default -> throw new IllegalArgumentException(args[0]);
            }
        }
    }
}
