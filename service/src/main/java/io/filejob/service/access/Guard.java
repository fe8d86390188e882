package io.filejob.service.access;

import io.filejob.service.ServiceSettings;
import io.filejob.service.job.Caller;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.service.problem.ProblemView;
import io.filejob.service.problem.ProblemWriter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks each request to a service on one machine before anything else: its host, the site it comes from, and its
 * credentials. These are a secret in the URL that the service prints, which is then kept in a cookie, or a bearer token.
 */
@Singleton
public final class Guard {
    private static final int PRIORITY = 10_000;
    private static final String COOKIE = "filejob_token";
    private static final String PARAMETER = "token";
    private static final String BEARER = "Bearer ";
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final List<String> PUBLIC = List.of("/q/health/", "/assets/", "/webjars/");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final LocalToken token;
    private final ProblemView view;
    private final ServiceSettings settings;
    private final RateLimit rate;

    Guard(LocalToken token, ProblemView view, ServiceSettings settings) {
        this.token = token;
        this.view = view;
        this.settings = settings;
        this.rate = new RateLimit(settings.requestsPerSecond(), settings.requestsAtOnce(), System::nanoTime);
    }

    void register(@Observes Filters filters) {
        if (settings.host() == ServiceSettings.HostKind.LOCAL) {
            filters.register(this::check, PRIORITY);
        }
    }

    private void check(RoutingContext request) {
        try {
            checkHost(request);
            checkSite(request);
            if (isPublic(request)) {
                request.next();
                return;
            }
            if (isTokenInUrl(request)) {
                keepInCookie(request);
                return;
            }
            Caller caller = caller(request);
            checkRate(caller, rate, settings);
            CallerOf.set(request, caller);
            request.next();
        } catch (ProblemException e) {
            refuse(request, e, view);
        }
    }

    /** Health, and the style sheets and scripts of pages, which the page about missing credentials needs. */
    static boolean isPublic(RoutingContext request) {
        return SAFE.contains(request.request().method())
                && (request.normalizedPath().equals("/q/health")
                        || PUBLIC.stream().anyMatch(request.normalizedPath()::startsWith));
    }

    /** Another name that resolves to this machine would let a page of another site read responses (DNS rebinding). */
    private static void checkHost(RoutingContext request) {
        String host = request.request().authority() == null
                ? ""
                : request.request().authority().host();
        if (!Set.of("127.0.0.1", "localhost", "[::1]", "::1").contains(host)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "the host " + host + " is not this machine; use 127.0.0.1 or localhost");
        }
    }

    /** A browser states which page a request comes from; pages of other sites must not change anything (CSRF). */
    static void checkSite(RoutingContext request) {
        HttpServerRequest http = request.request();
        if (SAFE.contains(http.method())) {
            return;
        }
        String site = http.getHeader("Sec-Fetch-Site");
        String origin = http.getHeader("Origin");
        boolean isOther =
                site == null ? origin != null && !isOrigin(origin, http.getHeader("Host")) : !OWN_SITE.contains(site);
        if (isOther) {
            throw new ProblemException(ProblemType.FORBIDDEN, "the request comes from a page of another site");
        }
    }

    private static boolean isOrigin(String origin, @Nullable String host) {
        return origin.equals("http://" + host) || origin.equals("https://" + host);
    }

    /** Throws {@link ProblemException} if the caller has sent too many requests. */
    static void checkRate(Caller caller, RateLimit rate, ServiceSettings settings) {
        Duration wait = rate.take(caller.name());
        if (wait.isPositive()) {
            long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
            throw new ProblemException(
                            ProblemType.TOO_MANY,
                            "too many requests (limit " + settings.requestsPerSecond() + " per second); try again in "
                                    + seconds + " s")
                    .withHeader("Retry-After", Long.toString(seconds));
        }
    }

    private boolean isTokenInUrl(RoutingContext request) {
        return HttpMethod.GET.equals(request.request().method())
                && request.normalizedPath().equals("/")
                && request.request().getParam(PARAMETER) != null;
    }

    private void keepInCookie(RoutingContext request) {
        if (!isToken(request.request().getParam(PARAMETER))) {
            throw new ProblemException(ProblemType.UNAUTHORIZED, "the token in the URL is not valid");
        }
        request.response()
                .addCookie(Cookie.cookie(COOKIE, token.value())
                        .setHttpOnly(true)
                        .setPath("/")
                        .setSameSite(CookieSameSite.STRICT));
        request.response().setStatusCode(303).putHeader("Location", "/").end();
    }

    private Caller caller(RoutingContext request) {
        String header = request.request().getHeader("Authorization");
        Cookie cookie = request.request().getCookie(COOKIE);
        String given = header != null && header.startsWith(BEARER)
                ? header.substring(BEARER.length())
                : cookie == null ? null : cookie.getValue();
        if (!isToken(given)) {
            throw new ProblemException(
                    ProblemType.UNAUTHORIZED,
                    "no valid token: open the URL that the service has printed, or send it as a bearer token");
        }
        return new Caller("local", null);
    }

    private boolean isToken(@Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), token.value().getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a problem, as a page if that is accepted. */
    static void refuse(RoutingContext request, ProblemException e, ProblemView view) {
        if (ProblemView.isWanted(request.request().getHeader("Accept"))) {
            request.response()
                    .setStatusCode(e.type().status())
                    .putHeader("Content-Type", "text/html;charset=UTF-8")
                    .end(view.html(e.response(request.normalizedPath()), false));
        } else {
            ProblemWriter.write(request, e);
        }
    }
}
