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
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Puts a token for the cluster's API server into a cookie that scripts cannot read. */
@Path(LoginPage.PATH)
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class LoginPage {
    static final String PATH = "/login";

    /** Browsers keep cookies of up to 4096 bytes with their names and attributes. */
    private static final String TOKEN = "[A-Za-z0-9._~+/=-]{1,3900}";

    private final ServiceSettings settings;
    private final Authentication authentication;
    private final AttemptLimit limit;
    private final Template login;

    LoginPage(ServiceSettings settings, Authentication authentication, AttemptLimit limit, Template login) {
        this.settings = settings;
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
        return login.data("problem", problem).render();
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
            if (!token.matches(TOKEN)) {
                throw new ProblemException(
                        ProblemType.UNAUTHORIZED, "not a token of at most 3900 characters; copy it without quotes");
            }
            limit.attempt(address(request), () -> authentication.caller(token));
            return Response.seeOther(URI.create("/"))
                    .cookie(cookie(token).build())
                    .build();
        } catch (ProblemException e) {
            return Response.status(e.type().status())
                    .entity(page(String.valueOf(e.getMessage())))
                    .build();
        }
    }

    private static NewCookie.Builder cookie(String token) {
        return new NewCookie.Builder(ClusterGuard.COOKIE)
                .value(token)
                .path("/")
                .httpOnly(true)
                .secure(true)
                .sameSite(NewCookie.SameSite.STRICT);
    }

    /** Removes the cookie. */
    @POST
    @Path("end")
    @Operation(hidden = true)
    public Response leave() {
        return Response.seeOther(URI.create(PATH))
                .cookie(cookie("").maxAge(0).build())
                .build();
    }
}
