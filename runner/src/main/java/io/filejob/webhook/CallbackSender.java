package io.filejob.webhook;

import io.filejob.callback.CallbackMessage;
import io.filejob.callback.CallbackOutcome;
import io.filejob.callback.CallbackReport;
import io.filejob.callback.SigningKey;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.spec.CallbackSpec;
import io.filejob.storage.http.AddressRefusedException;
import io.filejob.storage.http.HostGuard;
import io.filejob.storage.http.WebClient;
import io.filejob.storage.http.WebLimits;
import io.filejob.storage.http.WebPost;
import io.filejob.storage.local.Secrets;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Sends a message to the receiver of {@code spec.callback}. An attempt takes at most 30 s. Not thread-safe. */
public final class CallbackSender implements AutoCloseable {
    /** The maximum time without a byte from the receiver. */
    private static final Duration SILENCE = Duration.ofSeconds(15);
    /** The maximum time for sending the request and receiving the head of the response. */
    private static final Duration RESPONSE = Duration.ofSeconds(20);

    private final CallbackSpec spec;
    private final Secrets secrets;
    private final Clock clock;
    private final WebClient client;

    /** Creates a sender to hosts that {@code guard} allows; {@code clock} gives the times in signatures. */
    public CallbackSender(CallbackSpec spec, Secrets secrets, HostGuard guard, Clock clock) {
        this(spec, secrets, guard, clock, RESPONSE);
    }

    /** Creates a sender with another limit for a response. */
    CallbackSender(CallbackSpec spec, Secrets secrets, HostGuard guard, Clock clock, Duration response) {
        this.spec = spec;
        this.secrets = secrets;
        this.clock = clock;
        this.client = new WebClient(guard, new WebLimits(SILENCE, response, response, 1, 1));
    }

    /**
     * Returns the keys that sign: the current one and, while it is replaced, the former one. Throws {@link
     * JobFailedException} that names the Secret and its key if one is missing or malformed.
     */
    public static List<SigningKey> keys(CallbackSpec spec, Secrets secrets) {
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

    /** Sends {@code message} once. */
    public CallbackReport send(CallbackMessage message) {
        List<SigningKey> keys;
        try {
            keys = keys(spec, secrets);
        } catch (JobFailedException failure) {
            return CallbackReport.of(CallbackOutcome.SECRET_UNUSABLE, "spec.callback.secret: " + failure.getMessage());
        }
        try {
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
            return CallbackReport.of(CallbackOutcome.UNREACHABLE, "no response from the receiver: " + IoReason.of(e));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
