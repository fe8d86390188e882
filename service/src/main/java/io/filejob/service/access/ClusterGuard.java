package io.filejob.service.access;

import io.filejob.service.ServiceSettings;
import io.filejob.service.job.Caller;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.service.problem.ProblemView;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Checks each request to a service in a cluster before anything else: the site that it comes from, and its bearer token,
 * in the header or in the cookie of the login page.
 */
@Singleton
public final class ClusterGuard {
    private static final int PRIORITY = 10_000;
    private static final String BEARER = "Bearer ";

    private final ServiceSettings settings;
    private final Authentication authentication;
    private final AttemptLimit limit;
    private final ProblemView view;
    private final RateLimit rate;

    ClusterGuard(ServiceSettings settings, Authentication authentication, AttemptLimit limit, ProblemView view) {
        this.settings = settings;
        this.authentication = authentication;
        this.limit = limit;
        this.view = view;
        this.rate = new RateLimit(settings.requestsPerSecond(), settings.requestsAtOnce(), System::nanoTime);
    }

    void register(@Observes Filters filters) {
        if (settings.host() == ServiceSettings.HostKind.CLUSTER) {
            filters.register(this::check, PRIORITY);
        }
    }

    private void check(RoutingContext request) {
        try {
            Guard.checkSite(request);
            if (isPublic(request)) {
                request.next();
                return;
            }
            String token = token(request).orElseThrow(ClusterGuard::missing);
            Optional<Caller> known = authentication.known(token);
            if (known.isPresent()) {
                admit(request, known.get());
            } else {
                ask(request, token);
            }
        } catch (ProblemException e) {
            refuse(request, e);
        }
    }

    private void admit(RoutingContext request, Caller caller) {
        Guard.checkRate(caller, rate, settings);
        CallerOf.set(request, caller);
        request.next();
    }

    private static boolean isPublic(RoutingContext request) {
        String path = request.normalizedPath();
        return path.equals(LoginPage.PATH) || path.startsWith(LoginPage.PATH + "/") || Guard.isPublic(request);
    }

    private static Optional<String> token(RoutingContext request) {
        String header = request.request().getHeader("Authorization");
        if (header != null) {
            return header.startsWith(BEARER) ? Optional.of(header.substring(BEARER.length())) : Optional.empty();
        }
        return Optional.ofNullable(request.request().getCookie(TokenCookie.NAME))
                .map(Cookie::getValue);
    }

    private static ProblemException missing() {
        return new ProblemException(
                ProblemType.UNAUTHORIZED,
                "no token: send one for the cluster's API server as Authorization: Bearer TOKEN, or open /login");
    }

    /** Asks the API server, on a thread that may block; the body of the request waits. */
    private void ask(RoutingContext request, String token) {
        request.request().pause();
        String address = LoginPage.address(request);
        request.vertx()
                .executeBlocking(() -> limit.attempt(address, () -> authentication.caller(token)), false)
                .onComplete(
                        caller -> {
                            request.request().resume();
                            try {
                                admit(request, caller);
                            } catch (ProblemException e) {
                                refuse(request, e);
                            }
                        },
                        failure -> {
                            request.request().resume();
                            if (failure instanceof ProblemException problem) {
                                refuse(request, problem);
                            } else {
                                request.fail(failure);
                            }
                        });
    }

    /** Sends a person to the login page, and a program the problem. */
    private void refuse(RoutingContext request, ProblemException e) {
        String accepted = request.request().getHeader("Accept");
        boolean isPage =
                HttpMethod.GET.equals(request.request().method()) && accepted != null && accepted.contains("text/html");
        if (isPage && e.type() == ProblemType.UNAUTHORIZED) {
            request.response()
                    .setStatusCode(303)
                    .putHeader("Location", LoginPage.PATH)
                    .end();
        } else {
            Guard.refuse(request, e, view);
        }
    }
}
