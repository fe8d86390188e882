package io.filejob.testing.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.filejob.testing.system.FolderRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A self-signed certificate and its private key (PKCS #8), both in PEM. */
public record Certificate(String certificate, String key) {
    private static final String PASSWORD = "password";
    private static final int PEM_LINE = 64;

    /** Creates a certificate; {@code extension} has the format of {@code keytool -ext}. */
    public static Certificate make(String commonName, String extension) {
        try {
            Path folder = Files.createTempDirectory("filejob-certificate-");
            Path file = folder.resolve("store.p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            commonName,
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=" + commonName,
                            "-ext",
                            extension,
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            PASSWORD,
                            "-keystore",
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = keytool.inputReader(UTF_8).readAllAsString();
            if (keytool.waitFor() != 0) {
                throw new AssertionError(said);
            }
            KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
            FolderRemoval.remove(folder);
            return new Certificate(
                    pem("CERTIFICATE", store.getCertificate(commonName).getEncoded()),
                    pem(
                            "PRIVATE KEY",
                            store.getKey(commonName, PASSWORD.toCharArray()).getEncoded()));
        } catch (IOException | InterruptedException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String pem(String kind, byte[] content) {
        String lines = Base64.getMimeEncoder(PEM_LINE, "\n".getBytes(US_ASCII)).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }

    /** Writes the certificate; returns the file's path. */
    public String writeCertificate(Path file) throws IOException {
        return Files.writeString(file, certificate).toString();
    }

    /** Writes the key with the file permissions that PostgreSQL requires; returns the file's path. */
    public String writeKey(Path file) throws IOException {
        Files.writeString(file, key);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }
}
