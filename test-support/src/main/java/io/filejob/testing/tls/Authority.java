package io.filejob.testing.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Certificate authority of a test that signs server certificates. Its keys are created with it, by the JDK's keytool.
 */
public final class Authority {
    private static final String PASSWORD = "password";
    private static final String SELF = "authority";

    private final Path keys;

    /** Creates an authority that keeps its keys in {@code folder}, which must exist and is used by it alone. */
    public Authority(Path folder) {
        keys = folder.resolve("keys.p12");
        generate(SELF, "bc:c");
    }

    /** Returns its certificate in PEM, as a Secret has it at ca.crt. */
    public String pem() {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der())
                + "\n-----END CERTIFICATE-----\n";
    }

    /** Returns its certificate in DER. */
    public byte[] der() {
        try {
            return load().getCertificate(SELF).getEncoded();
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Returns the TLS context of a server with a certificate for {@code names}, such as {@code
     * dns:localhost,ip:127.0.0.1}.
     */
    public SSLContext server(String names) {
        generate("server", "san=" + names, "-signer", SELF);
        try {
            KeyStore all = load();
            Certificate[] chain = all.getCertificateChain("server");
            KeyStore server = KeyStore.getInstance("PKCS12");
            server.load(null, null);
            server.setKeyEntry("server", all.getKey("server", PASSWORD.toCharArray()), PASSWORD.toCharArray(), chain);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(server, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private KeyStore load() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private void generate(String name, String extension, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "1",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-ext",
                extension));
        command.addAll(List.of(more));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("keytool: %s", said).isZero();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
