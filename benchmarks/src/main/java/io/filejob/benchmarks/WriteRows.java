package io.filejob.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/** {@code WriteRows FILE KIND ROWS}: writes a CSV file; KIND is stations, quoted, songs, catalogue or repeated. */
public final class WriteRows {
    private static final int REPEATED = 10;

    private WriteRows() {}

    /** Writes the file. */
    public static void main(String[] args) throws IOException {
        long rows = Long.parseLong(args[2]);
        try (RowBuffer out = new RowBuffer(Path.of(args[0]))) {
            switch (args[1]) {
                case "stations" -> StationRows.write(rows, out);
                case "quoted" -> QuotedRows.write(rows, out);
                case "songs" -> SongRows.write(rows, out);
                case "catalogue" -> CatalogueRows.write(rows, 0, out);
                case "repeated" -> CatalogueRows.write(rows, REPEATED, out);
                default -> throw new IllegalArgumentException(args[1]);
            }
        }
    }
}
