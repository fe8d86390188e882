package io.filejob.service.page;

import io.filejob.service.ServiceSettings;
import io.filejob.service.ServiceSettings.HostKind;
import io.filejob.service.job.JobHost;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The namespace of a cluster whose jobs the pages show, and in which they create new ones: many people may access only some
 * namespaces. The parameter {@value #PARAMETER} of a page chooses it, and a cookie keeps it for others. For resources.
 */
@Named("namespaces")
@Singleton
public final class PageNamespaces {
    static final String PARAMETER = "namespace";
    private static final String COOKIE = "filejob_namespace";
    private static final Duration LIFE = Duration.ofDays(365);
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private final RoutingContext request;
    private final ServiceSettings settings;
    private final JobHost host;

    PageNamespaces(RoutingContext request, ServiceSettings settings, JobHost host) {
        this.request = request;
        this.settings = settings;
        this.host = host;
    }

    /** Returns whether there are several namespaces. */
    public boolean isChoice() {
        return settings.host() == HostKind.CLUSTER;
    }

    /** Returns the namespace that was chosen; null for all. Throws {@link ProblemException} (400) if it is no name. */
    @Nullable
    String chosen() {
        if (!isChoice()) {
            return null;
        }
        String parameter = request.request().getParam(PARAMETER);
        if (parameter != null) {
            return checked(parameter);
        }
        Cookie kept = request.request().getCookie(COOKIE);
        return kept != null && NAME.matcher(kept.getValue()).matches() ? kept.getValue() : null;
    }

    private static @Nullable String checked(String text) {
        String name = text.strip();
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    PARAMETER + ": not the name of a namespace (" + name
                            + "); it has lower-case letters, digits and -");
        }
        return name.isEmpty() ? null : name;
    }

    /** Lets the other pages use what the parameter has chosen. */
    void keep() {
        if (!isChoice() || request.request().getParam(PARAMETER) == null) {
            return;
        }
        String chosen = chosen();
        request.response()
                .addCookie(Cookie.cookie(COOKIE, Objects.requireNonNullElse(chosen, ""))
                        .setPath("/")
                        .setHttpOnly(true)
                        .setSameSite(CookieSameSite.STRICT)
                        .setMaxAge(chosen == null ? 0 : LIFE.toSeconds()));
    }

    /** Returns the namespace that was chosen; empty for all. */
    public String text() {
        return Objects.requireNonNullElse(chosen(), "");
    }

    /** Returns the namespace of a new job for which none is entered. */
    public String ofNewJob() {
        return Objects.requireNonNullElseGet(chosen(), host::defaultNamespace);
    }

    /** Returns the namespace of a new job, for which {@code entered} may be absent or empty. */
    String ofNewJob(@Nullable String entered) {
        String name = entered == null || !isChoice() ? null : checked(entered);
        return name == null ? ofNewJob() : name;
    }

    /**
     * Returns what {@code listing} finds in the chosen namespace. If the caller may not list the jobs of all namespaces, and has
     * chosen none, the problem says where to choose one.
     */
    <T> T list(Function<@Nullable String, T> listing) {
        String chosen = chosen();
        try {
            return listing.apply(chosen);
        } catch (ProblemException e) {
            if (chosen == null && isChoice() && e.type() == ProblemType.FORBIDDEN) {
                throw new ProblemException(
                        ProblemType.FORBIDDEN, e.getMessage() + "; choose a namespace on the page Jobs (/jobs)");
            }
            throw e;
        }
    }
}
