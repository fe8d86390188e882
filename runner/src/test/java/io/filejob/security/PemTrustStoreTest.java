package io.filejob.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.testing.tls.Authority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PemTrustStoreTest {
    @TempDir
    private static Path folder;

    private static String one = "";
    private static String another = "";

    @BeforeAll
    static void create() throws IOException {
        one = new Authority(Files.createDirectory(folder.resolve("one"))).pem();
        another = new Authority(Files.createDirectory(folder.resolve("another"))).pem();
    }

    @Test
    void allCertificatesOfTheFileAreTrustedAndNoOthers() throws IOException, GeneralSecurityException {
        assertThat(accepted(one)).hasSize(1);
        assertThat(accepted("a comment\n" + one + "\nanother comment\n" + another))
                .hasSize(2)
                .containsAll(accepted(one))
                .containsAll(accepted(another));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate\n", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void aFileWithoutAValidCertificateIsRefused(String text) {
        assertThatThrownBy(() -> accepted(text)).isInstanceOf(CertificateException.class);
    }

    private static List<X509Certificate> accepted(String pem) throws IOException, GeneralSecurityException {
        return Arrays.stream(PemTrustStore.trustManagers(new ByteArrayInputStream(pem.getBytes(UTF_8))))
                .map(X509TrustManager.class::cast)
                .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
                .toList();
    }
}
