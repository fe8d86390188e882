package io.filejob.security;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Trusts the certificates of a PEM file and no others. Thread-safe. */
public final class PemTrustStore {
    private PemTrustStore() {}

    /** Returns a TLS context of a client that trusts the certificates in {@code pem}; throws as {@link #trustManagers} does. */
    public static SSLContext context(InputStream pem) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trustManagers(pem), null);
        return context;
    }

    /**
     * Returns trust managers for the certificates in {@code pem}, usually authorities.
     *
     * @throws CertificateException if there is no certificate, or a damaged one
     * @throws IOException if {@code pem} cannot be read
     */
    public static TrustManager[] trustManagers(InputStream pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
            store.setCertificateEntry("certificate-" + store.size(), certificate);
        }
        if (store.size() == 0) {
            throw new CertificateException("no line is -----BEGIN CERTIFICATE-----");
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
