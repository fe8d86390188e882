package io.filejob.testing.postgres;

import io.filejob.testing.tls.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** A server that supports TLS and authenticates a user by certificate. */
public final class TlsServer implements AutoCloseable {
    /** A role with the rights of the role used by jobs, which can log in only with {@link #certified}. */
    public static final String CERTIFIED = "certified";

    private final PostgresServer server;
    private final Certificate own;
    private final Certificate client;

    /** Starts the server. */
    public TlsServer() {
        Path folder = PostgresServer.temporary();
        own = Certificate.make("localhost", "san=ip:" + PostgresServer.HOST);
        client = Certificate.make(CERTIFIED, "san=dns:" + CERTIFIED);
        try {
            Files.writeString(
                    folder.resolve("hba"), "hostssl all " + CERTIFIED + " all cert\nhost all all all scram-sha-256\n");
            Map<String, String> settings = Map.of(
                    "hba_file", folder.resolve("hba").toString(),
                    "ssl", "on",
                    "ssl_cert_file", own.writeCertificate(folder.resolve("server.crt")),
                    "ssl_key_file", own.writeKey(folder.resolve("server.key")),
                    "ssl_ca_file", client.writeCertificate(folder.resolve("clients.crt")));
            server = PostgresServer.start(folder, settings);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        try (Connection admin = server.admin()) {
            admin.createStatement().execute("CREATE ROLE " + CERTIFIED + " LOGIN IN ROLE " + TestDatabase.USER);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the server. */
    public PostgresServer server() {
        return server;
    }

    /** Returns the keys of a Secret that verifies the server's certificate and host name. */
    public Map<String, String> verified() {
        return Map.of("sslmode", "verify-full", "ca", own.certificate());
    }

    /** Returns the keys of a Secret with a client certificate instead of a password. */
    public Map<String, String> certified() {
        return Map.of(
                "sslmode",
                "verify-full",
                "ca",
                own.certificate(),
                "user",
                CERTIFIED,
                "password",
                "",
                "cert",
                client.certificate(),
                "key",
                client.key());
    }

    /** Stops the server and deletes its files. */
    @Override
    public void close() {
        server.close();
    }
}
