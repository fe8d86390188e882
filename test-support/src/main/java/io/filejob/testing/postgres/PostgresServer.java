package io.filejob.testing.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.filejob.testing.system.FolderRemoval;
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
 * A real PostgreSQL server with its own cluster in a temporary folder, on the loopback interface, with passwords and,
 * except for the given settings, PostgreSQL's defaults. It is stopped and deleted when this JVM ends, even if the JVM
 * is killed.
 */
public final class PostgresServer implements AutoCloseable {
    /** Address of the server. */
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

    private static final class ServerHolder {
        private static final PostgresServer ONLY = start(Map.of());
    }

    /** Returns the server shared by all tests of this JVM that neither stop it nor need settings. */
    public static PostgresServer shared() {
        return ServerHolder.ONLY;
    }

    /** Starts another server with these settings, for example {@code max_connections}. */
    public static PostgresServer start(Map<String, String> settings) {
        return start(temporary(), settings);
    }

    /** Starts a server in a new folder, which may already contain certificates; the server takes ownership of it. */
    static PostgresServer start(Path folder, Map<String, String> settings) {
        return new PostgresServer(folder, settings);
    }

    /** Creates a folder suitable for a server. */
    static Path temporary() {
        try {
            return Files.createTempDirectory("filejob-postgres-").toRealPath();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the port, which never changes. */
    public int port() {
        return port;
    }

    /** Returns the server's log. */
    public String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Creates a database without tables. */
    public TestDatabase database() {
        String name = "filejob_" + databases.incrementAndGet();
        try (Connection admin = admin()) {
            admin.createStatement().execute("CREATE DATABASE " + name + " OWNER " + TestDatabase.USER);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return new TestDatabase(name, port);
    }

    /** Opens a superuser connection to the database {@code postgres}. */
    public Connection admin() throws SQLException {
        return admin("postgres");
    }

    /** Opens a superuser connection to {@code database}. */
    public Connection admin(TestDatabase database) throws SQLException {
        return admin(database.name());
    }

    private Connection admin(String name) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://" + HOST + ":" + port + "/" + name, ADMIN, ADMIN);
    }

    /** Changes a setting, effective at the next start. */
    public void set(String name, String value) {
        settings.put(name, value);
    }

    /** Stops the server: ends sessions and waits until everything is written. */
    public void stop() {
        stop("fast");
    }

    /** Stops the server as a crash would: committed data has to be recovered from the log at the next start. */
    public void stopImmediately() {
        stop("immediate");
    }

    /** Starts the server after a stop. */
    public void start() {
        process = launch();
    }

    /** Simulates a crash and a restart. */
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

    /** Stops the server; an empty {@code mode} ends it for good. */
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

    /** Stops the server and deletes its folder. */
    @Override
    public void close() {
        if (process.isAlive()) {
            stop("");
        }
        try {
            FolderRemoval.remove(folder);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
