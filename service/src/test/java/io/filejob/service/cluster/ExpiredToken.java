package io.filejob.service.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.testing.kubernetes.RealApiServer;
import io.filejob.value.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Makes copies of tokens that the API server has signed, with times in the past and its signature. */
final class ExpiredToken {
    /** The beginning of PKCS #8 around an RSA key in PKCS #1 (RFC 5208): version, algorithm, and an octet string. */
    private static final byte[] ALGORITHM = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    private ExpiredToken() {}

    /** Returns a copy of {@code token} that expired an hour ago. */
    static String of(String token) {
        String[] parts = token.split("\\.", -1);
        ObjectNode claims =
                (ObjectNode) Json.parse(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8))
                        .orElseThrow();
        Instant end = Instant.now().minus(Duration.ofHours(1));
        claims.put("exp", end.getEpochSecond());
        claims.put("iat", end.minus(Duration.ofHours(1)).getEpochSecond());
        claims.put("nbf", end.minus(Duration.ofHours(1)).getEpochSecond());
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String signed = parts[0] + "." + base64.encodeToString(Json.bytes(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key())));
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + base64.encodeToString(signature.sign());
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] key() throws IOException {
        Path file = RealApiServer.get().authorities().resolveSibling("apiserver.key");
        String pem = Files.readString(file).replaceAll("-----[A-Z ]+-----", "");
        byte[] pkcs1 = Base64.getMimeDecoder().decode(pem);
        byte[] octets = tagged(0x04, pkcs1);
        return tagged(
                0x30,
                ByteBuffer.allocate(ALGORITHM.length + octets.length)
                        .put(ALGORITHM)
                        .put(octets)
                        .array());
    }

    /** Returns DER with a length of two bytes, which the key needs. */
    private static byte[] tagged(int tag, byte[] content) {
        return ByteBuffer.allocate(content.length + 4)
                .put((byte) tag)
                .put((byte) 0x82)
                .putShort((short) content.length)
                .put(content)
                .array();
    }
}
