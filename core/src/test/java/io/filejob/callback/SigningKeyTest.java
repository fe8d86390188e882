package io.filejob.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures are those of Standard Webhooks, and keys are checked without showing them. */
final class SigningKeyTest {
    /** The vector in the tests of the reference implementations. */
    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final Instant TIME = Instant.ofEpochSecond(1_614_265_330);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    private static Map<String, String> headers(String... keys) {
        return WebhookHeaders.of(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                TIME,
                BODY,
                List.of(keys).stream().map(key -> SigningKey.parse("key", key)).toList());
    }

    @Test
    void signsThePublishedVector() {
        assertThat(headers(KEY))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "webhook-id",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        "webhook-timestamp",
                        "1614265330",
                        "webhook-signature",
                        SIGNATURE));
    }

    @Test
    void signsWithEachKeyWhileTheSecretIsReplaced() {
        String other = "whsec_" + Base64.getEncoder().encodeToString(new byte[64]);
        assertThat(headers(other, KEY).get("webhook-signature"))
                .isEqualTo(headers(other).get("webhook-signature") + " " + SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 32, 64})
    void acceptsKeysOf24To64Bytes(int length) {
        String text = "whsec_" + Base64.getEncoder().encodeToString(new byte[length]);
        assertThat(SigningKey.parse("key", text)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw                       | it does not begin with whsec_
            whsec_MfKQ9r8GKYqrTwjU PD8ILPZIo2LaLaSw                | the text after whsec_ is not base64
            whsec_MfKQ9r8GKYqrTwjU-D8ILPZIo2LaLaSw                 | the text after whsec_ is not base64
            whsec_                                                 | it has 0 bytes, limits 24 and 64
            whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLQ==                 | it has 22 bytes, limits 24 and 64
            """)
    void refusesOthersByNameAndDoesNotShowThem(String text, String problem) {
        assertThatThrownBy(() -> SigningKey.parse("Secret hook: key secret", text))
                .isInstanceOfSatisfying(JobFailedException.class, failure -> {
                    assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_MANIFEST);
                    assertThat(failure)
                            .hasMessage("Secret hook: key secret: not a signing key (" + problem
                                    + "); write whsec_ and the output of: openssl rand -base64 32");
                    assertThat(failure.getCause()).isNull();
                });
    }

    @Test
    void refusesMoreThan64Bytes() {
        String text = "whsec_" + Base64.getEncoder().encodeToString(new byte[65]);
        assertThatThrownBy(() -> SigningKey.parse("key", text)).hasMessageContaining("it has 65 bytes");
    }
}
