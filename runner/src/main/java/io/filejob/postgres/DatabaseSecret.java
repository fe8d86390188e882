package io.filejob.postgres;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.spec.DatabaseSpec;
import io.filejob.storage.local.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/**
 * The connection settings of a database. They are read again for each connection, since a Secret may be rotated.
 */
final class DatabaseSecret {
    private static final String DEFAULT_PORT = "5432";
    private static final String DEFAULT_SSL_MODE = "prefer";
    private static final String SSL_MODES = "disable, allow, prefer, require, verify-ca or verify-full";
    private static final Pattern SSL_MODE = Pattern.compile("disable|allow|prefer|require|verify-ca|verify-full");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?");
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----", Pattern.DOTALL);

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final DatabaseSettings settings;
    /** Directory from which the driver reads certificates and the key. */
    private final Path scratch;

    DatabaseSecret(DatabaseSpec spec, Secrets secrets, Path scratch) {
        this.settings = new DatabaseSettings(spec.secret().name(), secrets);
        this.scratch = scratch.resolve("database");
    }

    /** Returns the name and address of the database, for messages. */
    String describe() {
        return settings.require("database") + " at " + host() + ":" + port();
    }

    /** Returns the same, followed by the source of the settings. */
    String describeWithItself() {
        return describe() + " (" + settings.source() + ")";
    }

    /** Returns a data source; throws {@link JobFailedException} if the Secret lacks a key or has an invalid value. */
    PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        String host = host();
        source.setServerNames(new String[] {host.contains(":") ? "[" + host + "]" : host});
        source.setPortNumbers(new int[] {port()});
        source.setDatabaseName(settings.require("database"));
        source.setUser(settings.require("user"));
        Optional<String> password = settings.find("password");
        Optional<String> certificate = settings.find("cert");
        // On this machine, the password may be in ~/.pgpass, or not be needed.
        if (password.isEmpty() && certificate.isEmpty() && !settings.isEnvironment()) {
            // Throws the failure for the missing password.
            settings.require("password");
        }
        password.ifPresent(source::setPassword);
        String mode = settings.find("sslmode").orElse(DEFAULT_SSL_MODE);
        if (!SSL_MODE.matcher(mode).matches()) {
            throw wrong("sslmode", "is not a valid mode: write " + SSL_MODES);
        }
        source.setSslMode(mode);
        settings.find("sslrootcert").ifPresent(source::setSslRootCert);
        settings.find("channel_binding").ifPresent(source::setChannelBinding);
        settings.find("options").ifPresent(source::setOptions);
        certificates(source, certificate);
        return source;
    }

    private void certificates(PGSimpleDataSource source, Optional<String> certificate) {
        Optional<String> authorities = settings.find("ca");
        try {
            if (authorities.isPresent()) {
                source.setSslRootCert(write("ca.pem", pem("ca", authorities.get())));
            } else if (certificate.isEmpty()
                    && source.getSslRootCert() == null
                    && String.valueOf(source.getSslMode()).startsWith("verify")) {
                source.setSslfactory(DefaultJavaSSLFactory.class.getName());
            }
            if (certificate.isPresent()) {
                source.setSslCert(write("cert.pem", pem("cert", certificate.get())));
                source.setSslKey(write("key.pk8", privateKey(settings.require("key"))));
            }
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST, "the certificates for the database cannot be written to " + scratch, e);
        }
    }

    /** Writes a file readable by its owner only; the driver rejects keys that others can read. */
    private String write(String file, byte[] content) throws IOException {
        Files.createDirectories(scratch);
        Path path = scratch.resolve(file);
        if (!Files.exists(path)) {
            Files.createFile(path, OWNER_ONLY);
        }
        return Files.write(path, content).toString();
    }

    private byte[] pem(String key, String text) {
        if (!text.contains("-----BEGIN CERTIFICATE-----")) {
            throw wrong(key, "has no certificate in PEM");
        }
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    private byte[] privateKey(String pem) {
        Matcher key = KEY.matcher(pem);
        if (!key.find()) {
            throw wrong(
                    "key",
                    "has no private key in PKCS #8 and PEM (-----BEGIN PRIVATE KEY-----): convert it with openssl pkcs8"
                            + " -topk8 -nocrypt");
        }
        return Base64.getMimeDecoder().decode(key.group(1));
    }

    private String host() {
        String host = settings.require("host");
        if (!HOST.matcher(host).matches()) {
            throw wrong(
                    "host",
                    host.startsWith("/")
                            ? "is a socket, which is not supported; write localhost"
                            : "is not a valid host name or address");
        }
        return host;
    }

    private int port() {
        String port = settings.find("port").orElse(DEFAULT_PORT);
        if (!port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > 0xFFFF) {
            throw wrong("port", "is not a valid port: write a number from 1 to 65535, or leave it out");
        }
        return Integer.parseInt(port);
    }

    private JobFailedException wrong(String key, String problem) {
        return settings.wrong(key, problem);
    }
}
