package io.filejob.service.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.security.Sha256;
import io.filejob.service.ServiceSettings;
import io.filejob.service.ServiceSettings.OidcSettings;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.value.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2AuthorizationURL;
import io.vertx.ext.auth.oauth2.OAuth2FlowType;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.Oauth2Credentials;
import io.vertx.ext.auth.oauth2.providers.OpenIDConnectAuth;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The OpenID Connect provider at which people sign in (authorization code flow with PKCE). It is looked up at the first
 * use, so that the service starts without it. Methods may block, and are safe to call from several threads.
 */
@Singleton
final class IdentityProvider {
    private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(5).toMillis();
    private static final List<String> SCOPES = List.of("openid", "email");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Optional<OidcSettings> settings;
    private final Vertx vertx;
    private volatile @Nullable OAuth2Auth discovered;

    IdentityProvider(ServiceSettings settings, Vertx vertx) {
        this.settings = settings.cluster().oidc();
        this.vertx = vertx;
    }

    /**
     * A token of a person.
     *
     * @param token the ID token, which the API server accepts as a bearer token
     * @param life the time for which it is valid
     */
    record IdToken(String token, Duration life) {
        @Override
        public String toString() {
            return "IdToken";
        }
    }

    /** Returns the name of the provider's host; empty if people enter their tokens. */
    String name() {
        return settings.map(oidc -> oidc.issuer().getHost()).orElse("");
    }

    private OidcSettings required() {
        return settings.orElseThrow(
                () -> new ProblemException(ProblemType.NOT_FOUND, "this service has no identity provider"));
    }

    /** Returns the URL to which the provider leads back; the provider knows it, and refuses others. */
    private String returnUrl(URI requested) {
        URI base = required().publicUrl().orElse(requested.resolve("/"));
        return base.toString().replaceAll("/$", "") + ProviderLogin.RETURN;
    }

    /** Returns the URL of the provider's page for this attempt, which has begun at {@code requested}. */
    URI page(LoginAttempt attempt, URI requested) {
        OAuth2AuthorizationURL url = new OAuth2AuthorizationURL()
                .setRedirectUri(returnUrl(requested))
                .setScopes(required().scopes().orElse(SCOPES))
                .setState(attempt.state())
                .putAdditionalParameter("code_challenge", challenge(attempt.verifier()))
                .putAdditionalParameter("code_challenge_method", "S256")
                .putAdditionalParameter("nonce", attempt.nonce());
        return URI.create(provider().authorizeURL(url));
    }

    private static String challenge(String verifier) {
        byte[] digest = new Sha256().update(verifier).bytes();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    /**
     * Returns the person's token for the {@code code} that the provider has sent to {@code requested}. It comes from the provider itself over TLS, so its
     * signature is left to the API server (OpenID Connect Core 1.0, section 3.1.3.7).
     */
    IdToken token(String code, LoginAttempt attempt, URI requested) {
        Oauth2Credentials credentials = new Oauth2Credentials()
                .setFlow(OAuth2FlowType.AUTH_CODE)
                .setCode(code)
                .setCodeVerifier(attempt.verifier())
                .setRedirectUri(returnUrl(requested));
        String token = await(provider().authenticate(credentials), ProblemType.UNAUTHORIZED)
                .principal()
                .getString("id_token");
        JsonNode claims = claims(token)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.UNAUTHORIZED,
                        "the identity provider has sent no ID token; ask for the scope openid"));
        if (!claims.path("nonce").asText().equals(attempt.nonce())) {
            throw new ProblemException(ProblemType.UNAUTHORIZED, "the ID token belongs to another sign-in; try again");
        }
        Instant end = Instant.ofEpochSecond(claims.path("exp").asLong());
        return new IdToken(token, Duration.between(Instant.now(), end));
    }

    private static Optional<JsonNode> claims(@Nullable String token) {
        String[] parts = token == null ? new String[0] : token.split("\\.", -1);
        try {
            return parts.length == 3
                    ? Json.parse(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private OAuth2Auth provider() {
        OAuth2Auth known = discovered;
        if (known != null) {
            return known;
        }
        OidcSettings oidc = required();
        HttpClientOptions http = new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS);
        oidc.authorities().ifPresent(file -> http.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        OAuth2Options options = new OAuth2Options()
                .setSite(oidc.issuer().toString())
                .setClientId(oidc.clientId())
                .setHttpClientOptions(http);
        oidc.clientSecret().ifPresent(options::setClientSecret);
        OAuth2Auth found = await(OpenIDConnectAuth.discover(vertx, options), ProblemType.UNAVAILABLE);
        discovered = found;
        return found;
    }

    private <T> T await(Future<T> response, ProblemType failure) {
        try {
            return response.toCompletionStage().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failed(failure, String.valueOf((e.getCause() == null ? e : e.getCause()).getMessage()));
        } catch (TimeoutException e) {
            throw failed(ProblemType.UNAVAILABLE, "no response in " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(ProblemType.UNAVAILABLE, "interrupted");
        }
    }

    private ProblemException failed(ProblemType type, String reason) {
        return new ProblemException(type, "the identity provider " + name() + " cannot be used: " + reason);
    }
}
