package io.filejob.webhook;

import io.filejob.callback.CallbackMessage;
import io.filejob.callback.CallbackOutcome;
import io.filejob.callback.CallbackReport;
import io.filejob.callback.SigningKey;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.security.Certificates;
import io.filejob.security.PemTrustStore;
import io.filejob.spec.CallbackSpec;
import io.filejob.storage.http.AddressRefusedException;
import io.filejob.storage.http.HostGuard;
import io.filejob.storage.http.WebClient;
import io.filejob.storage.http.WebLimits;
import io.filejob.storage.http.WebPost;
import io.filejob.storage.local.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Sends messages to the receiver of {@code spec.callback}. An attempt takes at most 30 s. For any thread. */
public final class CallbackSender {
    /** The key of the Secret with the only authorities that are trusted for the receiver; if absent, the JDK's are. */
    private static final String AUTHORITIES = "ca.crt";

    /** The maximum time without a byte from the receiver. */
    private static final Duration SILENCE = Duration.ofSeconds(15);
    /** The maximum time for sending the request and receiving the head of the response. */
    private static final Duration RESPONSE = Duration.ofSeconds(20);

    private final CallbackSpec spec;
    private final Secrets secrets;
    private final Clock clock;
    private final HostGuard guard;
    private final WebLimits limits;

    /** Creates a sender to hosts that {@code guard} allows; {@code clock} gives the times in signatures. */
    public CallbackSender(CallbackSpec spec, Secrets secrets, HostGuard guard, Clock clock) {
        this(spec, secrets, guard, clock, RESPONSE);
    }

    /** Creates a sender with another limit for a response. */
    CallbackSender(CallbackSpec spec, Secrets secrets, HostGuard guard, Clock clock, Duration response) {
        this.spec = spec;
        this.secrets = secrets;
        this.clock = clock;
        this.guard = guard;
        this.limits = new WebLimits(SILENCE, response, response, 1, 1);
    }

    /** Throws {@link JobFailedException} that names the Secret and its key if one is missing or malformed. */
    public static void check(CallbackSpec spec, Secrets secrets) {
        keys(spec, secrets);
        tls(spec, secrets);
    }

    /** Returns the keys that sign: the current one and, while it is replaced, the former one. */
    private static List<SigningKey> keys(CallbackSpec spec, Secrets secrets) {
        String name = spec.secret().name();
        String current = secrets.require(name, SigningKey.CURRENT);
        Optional<String> previous = secrets.find(name, SigningKey.PREVIOUS);
        return Stream.concat(
                        Stream.of(SigningKey.parse(source(name, SigningKey.CURRENT), current)),
                        previous.stream().map(text -> SigningKey.parse(source(name, SigningKey.PREVIOUS), text)))
                .toList();
    }

    private static String source(String secret, String key) {
        return "Secret " + secret + ": key " + key;
    }

    /** Returns the TLS context that trusts the authorities in the Secret, or null if it has none. */
    private static @Nullable SSLContext tls(CallbackSpec spec, Secrets secrets) {
        String name = spec.secret().name();
        Optional<String> pem = secrets.find(name, AUTHORITIES);
        if (pem.isEmpty()) {
            return null;
        }
        try {
            return PemTrustStore.context(new ByteArrayInputStream(pem.get().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException | IOException e) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST,
                    source(name, AUTHORITIES) + ": no certificates in PEM (" + e.getMessage() + ")",
                    e);
        }
    }

    /** Sends {@code message} once. The Secret is read each time, since it may be renewed. */
    public CallbackReport send(CallbackMessage message) {
        List<SigningKey> keys;
        SSLContext tls;
        try {
            keys = keys(spec, secrets);
            tls = tls(spec, secrets);
        } catch (JobFailedException failure) {
            return CallbackReport.of(CallbackOutcome.SECRET_UNUSABLE, "spec.callback.secret: " + failure.getMessage());
        }
        try (WebClient client = new WebClient(guard, limits, tls)) {
            Instant now = clock.instant();
            WebPost response = WebPost.send(client, new URI(spec.url()), message.headers(now, keys), message.body());
            CallbackOutcome outcome = CallbackOutcome.ofResponse(response.status());
            return new CallbackReport(
                    outcome,
                    response.status(),
                    response.retryAfter() == null ? null : response.retryAfter().toSeconds(),
                    "the receiver responds with status " + response.status()
                            + (outcome == CallbackOutcome.REJECTED ? ", not 2xx" : ""));
        } catch (AddressRefusedException refused) {
            return CallbackReport.of(CallbackOutcome.ADDRESS_REFUSED, "spec.callback.url: " + refused.getMessage());
        } catch (URISyntaxException e) {
            return CallbackReport.of(
                    CallbackOutcome.ADDRESS_REFUSED,
                    "spec.callback.url: not a URI: " + e.getReason() + " at " + e.getIndex()
                            + "; write %20 for a space");
        } catch (IOException e) {
            return unreachable(e);
        }
    }

    private CallbackReport unreachable(IOException e) {
        return Certificates.distrust(e)
                .map(why -> CallbackReport.of(
                        CallbackOutcome.CERTIFICATE_REFUSED,
                        "spec.callback.url: the receiver's certificate is not trusted (" + why
                                + "); put its authority's certificate at " + AUTHORITIES + " of Secret "
                                + spec.secret().name()))
                .orElseGet(() -> CallbackReport.of(
                        CallbackOutcome.UNREACHABLE, "no response from the receiver: " + IoReason.of(e)));
    }
}
