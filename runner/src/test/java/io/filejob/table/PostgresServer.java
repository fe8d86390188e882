package io.filejob.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.filejob.storage.TemporaryFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL server with a cluster of its own in a temporary folder, on this machine's loopback, with passwords
 * and, but for the settings it was given, PostgreSQL's defaults. It goes when this JVM does, however that ends.
 */
public final class PostgresServer implements AutoCloseable {
    /** Where it is reached. */
    public static final String HOST = "127.0.0.1";

    private static final Path SCRIPT =
            Path.of("..", "scripts", "postgres").toAbsolutePath().normalize();
    private static final String ADMIN = "postgres";

    private final AtomicInteger databases = new AtomicInteger();
    private final Path folder;
    private final Map<String, String> settings;
    private Process process;
    private int port;

    private PostgresServer(Path folder, Map<String, String> settings) {
        this.folder = folder;
        this.settings = new TreeMap<>(settings);
        process = launch();
    }

    private static final class Holder {
        private static final PostgresServer ONLY = start(Map.of());
    }

    /** The one for all tests of this JVM that neither stop it nor need settings. */
    public static PostgresServer shared() {
        return Holder.ONLY;
    }

    /** Starts another one, with these settings, for example {@code max_connections}. */
    public static PostgresServer start(Map<String, String> settings) {
        return start(temporary(), settings);
    }

    /** Starts one in a new folder, for example with certificates in it, which becomes its own. */
    static PostgresServer start(Path folder, Map<String, String> settings) {
        return new PostgresServer(folder, settings);
    }

    /** A folder that the server may be in. */
    static Path temporary() {
        try {
            return Files.createTempDirectory("filejob-postgres-").toRealPath();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Its port, which stays the same. */
    public int port() {
        return port;
    }

    /** What the server has to say. */
    public String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A new database without tables. */
    public TestDatabase database() {
        String name = "filejob_" + databases.incrementAndGet();
        try (Connection admin = admin()) {
            admin.createStatement().execute("CREATE DATABASE " + name + " OWNER " + TestDatabase.USER);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return new TestDatabase(name, port);
    }

    /** A connection that may do everything, to the database {@code postgres}. */
    public Connection admin() throws SQLException {
        return admin("postgres");
    }

    /** The same, to {@code database}. */
    public Connection admin(TestDatabase database) throws SQLException {
        return admin(database.name());
    }

    private Connection admin(String name) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://" + HOST + ":" + port + "/" + name, ADMIN, ADMIN);
    }

    /** Changes a setting for the next start. */
    public void set(String name, String value) {
        settings.put(name, value);
    }

    /** Ends sessions and waits until all is written. */
    public void stop() {
        stop("fast");
    }

    /** As in a crash: what is committed must be found in the log at the next start. */
    public void stopImmediately() {
        stop("immediate");
    }

    /** After a stop. */
    public void start() {
        process = launch();
    }

    /** A crash, and the start after it. */
    public void restartImmediately() {
        stopImmediately();
        start();
    }

    private Process launch() {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString(), "run", folder.toString()));
        settings.forEach((name, value) -> command.add(name + "=" + value));
        try {
            Process started =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            BufferedReader out = started.inputReader(UTF_8);
            StringBuilder said = new StringBuilder();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.matches("\\d+")) {
                    port = Integer.parseInt(line);
                    return started;
                }
                said.append(line).append('\n');
            }
            throw new AssertionError(said.toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** An empty {@code mode} ends the server for good. */
    private void stop(String mode) {
        try {
            if (!mode.isEmpty()) {
                process.outputWriter(UTF_8).append(mode).append('\n').flush();
            }
            process.outputWriter(UTF_8).close();
            String said = process.inputReader(UTF_8).readAllAsString();
            if (process.waitFor() != 0) {
                throw new AssertionError("the server cannot be stopped: " + said);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Stops it and removes all it had. */
    @Override
    public void close() {
        if (process.isAlive()) {
            stop("");
        }
        try {
            TemporaryFolder.remove(folder);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
