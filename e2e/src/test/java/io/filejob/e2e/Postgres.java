package io.filejob.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A real PostgreSQL server, at the address at which pods of the project's own cluster reach this machine. It requires
 * passwords, and stops when this JVM ends for any reason.
 */
final class Postgres implements AutoCloseable {
    private static final String ADMIN = "postgres";

    private final String address;
    private final Process process;
    private final int port;
    private int databases;

    private Postgres(String address, Process process, int port) {
        this.address = address;
        this.process = process;
        this.port = port;
    }

    /** Starts a server. */
    static Postgres start() {
        String address = Cluster.host();
        try {
            Path folder = Files.createTempDirectory("filejob-postgres-").toRealPath();
            Process process = new ProcessBuilder(
                            Cluster.ROOT.resolve("scripts").resolve("postgres").toString(),
                            "run",
                            folder.toString(),
                            "listen_addresses=127.0.0.1," + address)
                    .redirectErrorStream(true)
                    .start();
            return new Postgres(address, process, port(process.inputReader(UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int port(BufferedReader out) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.matches("\\d+")) {
                return Integer.parseInt(line);
            }
            said.append(line).append('\n');
        }
        throw new IllegalStateException("PostgreSQL does not start: " + said);
    }

    /** Creates a database without tables, owned by the role that jobs use. */
    Database database() {
        databases++;
        Database made = new Database(address, port, "shop_" + databases);
        String url = "jdbc:postgresql://" + address + ":" + port + "/" + ADMIN;
        try (Connection admin = DriverManager.getConnection(url, ADMIN, ADMIN);
                Statement statement = admin.createStatement()) {
            statement.execute("CREATE DATABASE " + made.name() + " OWNER " + Database.USER);
            return made;
        } catch (SQLException e) {
            throw new IllegalStateException(made.toString(), e);
        }
    }

    /** Stops the server and deletes its folder. */
    @Override
    public void close() {
        try {
            process.outputWriter(UTF_8).close();
            String said = process.inputReader(UTF_8).readAllAsString();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("PostgreSQL does not stop: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("PostgreSQL does not stop", e);
        }
    }
}
