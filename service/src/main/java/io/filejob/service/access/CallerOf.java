package io.filejob.service.access;

import io.filejob.service.job.Caller;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;

/** Connects a request with its authenticated caller. */
public final class CallerOf {
    private static final String KEY = Caller.class.getName();

    private CallerOf() {}

    static void set(RoutingContext request, Caller caller) {
        request.put(KEY, caller);
    }

    /** Returns the caller; a request without credentials does not reach code that asks for it. */
    public static Caller request(RoutingContext request) {
        return Objects.requireNonNull(request.<Caller>get(KEY));
    }
}
