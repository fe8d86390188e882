package io.filejob.service.access;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Signs people in at the identity provider. Their ID token is then their token for the API server. */
@Path(LoginPage.PATH + "/provider")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class ProviderLogin {
    /** The path to which the provider leads back. */
    static final String RETURN = LoginPage.PATH + "/provider/return";

    private static final String ATTEMPT = "__Host-filejob-login";
    private static final Duration ATTEMPT_LIFE = Duration.ofMinutes(10);

    private final IdentityProvider provider;
    private final Authentication authentication;
    private final AttemptLimit limit;
    private final LoginPage page;

    ProviderLogin(IdentityProvider provider, Authentication authentication, AttemptLimit limit, LoginPage page) {
        this.provider = provider;
        this.authentication = authentication;
        this.limit = limit;
        this.page = page;
    }

    /** Leads to the provider's page. */
    @GET
    @Operation(hidden = true)
    public Response begin(@Context UriInfo uri) {
        LoginAttempt attempt = LoginAttempt.create();
        try {
            return Response.seeOther(provider.page(attempt, uri.getRequestUri()))
                    .cookie(TokenCookie.ofAttempt(ATTEMPT, attempt.text(), ATTEMPT_LIFE)
                            .build())
                    .build();
        } catch (ProblemException e) {
            return page.problem(e);
        }
    }

    /**
     * Exchanges the provider's code for the person's token, which the API server must accept. The browser opens the list of
     * jobs by itself, since it would not send the strict cookie if the provider's page led there.
     */
    @GET
    @Path("return")
    @Operation(hidden = true)
    public Response end(
            @QueryParam("code") @Nullable String code,
            @QueryParam("state") @Nullable String state,
            @QueryParam("error") @Nullable String error,
            @QueryParam("error_description") @Nullable String description,
            @CookieParam(ATTEMPT) @Nullable String cookie,
            @Context UriInfo uri,
            RoutingContext request) {
        try {
            IdentityProvider.IdToken token = limit.attempt(LoginPage.address(request), () -> {
                LoginAttempt attempt = attempt(cookie, state);
                if (code == null) {
                    throw new ProblemException(
                            ProblemType.UNAUTHORIZED,
                            "the identity provider has not signed you in: "
                                    + (description == null ? error : description));
                }
                IdentityProvider.IdToken received = provider.token(code, attempt, uri.getRequestUri());
                TokenCookie.check(received.token(), "ask for fewer scopes or claims at the identity provider");
                authentication.caller(received.token());
                return received;
            });
            return Response.ok("<!doctype html><title>Signed in</title><a href=\"/\">Continue</a>")
                    .header("Refresh", "0; url=/")
                    .cookie(
                            TokenCookie.of(token.token())
                                    .maxAge((int) token.life().toSeconds())
                                    .build(),
                            TokenCookie.ofAttempt(ATTEMPT, "", Duration.ZERO).build())
                    .build();
        } catch (ProblemException e) {
            return page.problem(e);
        }
    }

    private static LoginAttempt attempt(@Nullable String cookie, @Nullable String state) {
        return LoginAttempt.parse(cookie == null ? "" : cookie)
                .filter(attempt -> attempt.state().equals(state))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.BAD_REQUEST,
                        "the sign-in took more than " + ATTEMPT_LIFE.toMinutes()
                                + " minutes, or began in another browser; try again"));
    }
}
