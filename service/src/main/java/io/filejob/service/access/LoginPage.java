package io.filejob.service.access;

import io.filejob.service.ServiceSettings;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Puts a token for the cluster's API server into a cookie that scripts cannot read. */
@Path(LoginPage.PATH)
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class LoginPage {
    static final String PATH = "/login";

    private final ServiceSettings settings;
    private final Authentication authentication;
    private final AttemptLimit limit;
    private final IdentityProvider provider;
    private final Template login;

    LoginPage(
            ServiceSettings settings,
            Authentication authentication,
            AttemptLimit limit,
            IdentityProvider provider,
            Template login) {
        this.settings = settings;
        this.provider = provider;
        this.authentication = authentication;
        this.limit = limit;
        this.login = login;
    }

    /** Returns the address of the client, which counts its attempts. */
    static String address(RoutingContext request) {
        SocketAddress address = request.request().remoteAddress();
        return address == null ? "" : String.valueOf(address.hostAddress());
    }

    /** Returns the page. */
    @GET
    @Operation(hidden = true)
    public String show() {
        requireCluster();
        return page("");
    }

    private void requireCluster() {
        if (settings.host() != ServiceSettings.HostKind.CLUSTER) {
            throw new ProblemException(ProblemType.NOT_FOUND, "only a service in a cluster has a login page");
        }
    }

    private String page(String problem) {
        return login.data("problem", problem).data("provider", provider.name()).render();
    }

    /** Returns the page with a problem of an attempt. */
    Response problem(ProblemException e) {
        return Response.status(e.type().status())
                .entity(page(String.valueOf(e.getMessage())))
                .build();
    }

    /** Checks the token; the cookie lasts as long as the browser's session. */
    @POST
    @Operation(hidden = true)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response enter(MultivaluedMap<String, String> form, RoutingContext request) {
        requireCluster();
        String given = form.getFirst("token");
        String token = given == null ? "" : given.strip();
        try {
            TokenCookie.check(token, "copy it without quotes");
            limit.attempt(address(request), () -> authentication.caller(token));
            return Response.seeOther(URI.create("/"))
                    .cookie(TokenCookie.of(token).build())
                    .build();
        } catch (ProblemException e) {
            return problem(e);
        }
    }

    /** Removes the cookie. */
    @POST
    @Path("end")
    @Operation(hidden = true)
    public Response leave() {
        return Response.seeOther(URI.create(PATH))
                .cookie(TokenCookie.of("").maxAge(0).build())
                .build();
    }
}
