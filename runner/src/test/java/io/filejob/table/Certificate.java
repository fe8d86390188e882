package io.filejob.table;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.filejob.storage.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A certificate that has signed itself, and its private key (PKCS #8), both as PEM. */
record Certificate(String certificate, String key) {
    private static final String PASSWORD = "password";
    private static final int PEM_LINE = 64;

    /** Makes a new one; {@code extension} as {@code keytool -ext} has it. */
    static Certificate make(String commonName, String extension) {
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
            TemporaryFolder.remove(folder);
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

    /** Returns the file's path. */
    String writeCertificate(Path file) throws IOException {
        return Files.writeString(file, certificate).toString();
    }

    /** With the rights that PostgreSQL insists on. Returns the file's path. */
    String writeKey(Path file) throws IOException {
        Files.writeString(file, key);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }
}
