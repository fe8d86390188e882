package io.filejob.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code JdbcBatches URL FILE...}: inserts the rows of each CSV file (without a header) into the table {@code
 * products}, on one connection per file, in batches that the driver sends as multi-row statements.
 */
public final class JdbcBatches {
    private static final String INSERT = "INSERT INTO products (sku, name, description) VALUES (?, ?, ?)";
    private static final int BATCH = 1_000;

    private JdbcBatches() {}

    /** Runs the inserts. */
    public static void main(String[] args) throws InterruptedException, ExecutionException {
        List<Future<Long>> files = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(args.length - 1)) {
            for (int i = 1; i < args.length; i++) {
                Path file = Path.of(args[i]);
                files.add(executor.submit(() -> insert(args[0] + "&reWriteBatchedInserts=true", file)));
            }
        }
        long rows = 0;
        for (Future<Long> file : files) {
            rows += file.get();
        }
        System.out.println(rows);
    }

    private static long insert(String url, Path file) throws SQLException, IOException {
        long rows = 0;
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement insert = connection.prepareStatement(INSERT);
                CsvRecords records = new CsvRecords(file)) {
            connection.setAutoCommit(false);
            for (List<String> record = records.next(); !record.isEmpty(); record = records.next()) {
                for (int i = 0; i < record.size(); i++) {
                    insert.setString(i + 1, record.get(i));
                }
                insert.addBatch();
                if (++rows % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
            connection.commit();
        }
        return rows;
    }
}
