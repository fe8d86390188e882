package io.filejob.storage.fetch;

import io.filejob.file.IoReason;
import io.filejob.security.Certificates;
import io.filejob.storage.http.AddressRefusedException;
import io.filejob.storage.remote.SlowServerException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.TruncatedChunkException;

/** Classifies the failures of requests. */
final class WebFailure {
    /** The JVM remembers for 10 s that a name could not be looked up. */
    private static final Duration NAME_PAUSE = Duration.ofSeconds(11);

    private WebFailure() {}

    /** Returns the failure of one attempt; throws {@link FetchException} if another one would fail, too. */
    static RetriableException of(IOException e) throws FetchException {
        Optional<String> distrust = Certificates.distrust(e);
        if (distrust.isPresent()) {
            throw new FetchException(
                    FetchProblem.CERTIFICATE_REFUSED,
                    "the server's certificate is not trusted (" + distrust.get() + ")",
                    e);
        }
        return switch (e) {
            case AddressRefusedException refused ->
                throw new FetchException(FetchProblem.ADDRESS_REFUSED, text(refused), refused);
            case UnknownHostException unknown -> unknown(unknown);
            case SlowServerException slow -> retriable(FetchProblem.TIMED_OUT, text(slow), slow);
            // Time-outs of sockets and of the establishment of connections.
            case InterruptedIOException silent ->
                retriable(FetchProblem.TIMED_OUT, "the server does not respond: " + text(silent), silent);
            case TruncatedChunkException truncated -> truncated(truncated);
            case ConnectionClosedException truncated -> truncated(truncated);
            case ClientProtocolException invalid -> throw invalid(invalid);
            case MalformedChunkCodingException invalid -> throw invalid(invalid);
            case MessageConstraintException invalid -> throw invalid(invalid);
            default -> retriable(FetchProblem.UNAVAILABLE, "the connection fails: " + text(e), e);
        };
    }

    private static RetriableException retriable(FetchProblem problem, String message, IOException cause) {
        return new RetriableException(problem, message, Duration.ZERO, cause);
    }

    private static RetriableException truncated(IOException cause) {
        return retriable(FetchProblem.BAD_RESPONSE, "the response is truncated: " + text(cause), cause);
    }

    private static FetchException invalid(IOException cause) {
        Throwable root = cause.getCause() == null ? cause : cause.getCause();
        return new FetchException(
                FetchProblem.BAD_RESPONSE, "the response is not valid HTTP: " + root.getMessage(), cause);
    }

    private static RetriableException unknown(UnknownHostException e) throws FetchException {
        if (text(e).toLowerCase(Locale.ROOT).contains("temporary failure")) {
            return new RetriableException(
                    FetchProblem.NAME_NOT_FOUND, "the name server does not respond: " + text(e), NAME_PAUSE, e);
        }
        throw new FetchException(FetchProblem.NAME_NOT_FOUND, "the host has no address: " + text(e), e);
    }

    private static String text(IOException e) {
        return IoReason.of(e);
    }
}
