package io.filejob.service.problem;

import org.jspecify.annotations.Nullable;

/** Shows a problem to people. */
public interface ProblemView {
    /** Returns the problem as HTML; {@code signedIn} is whether the request had valid credentials. */
    String html(ProblemResponse problem, boolean signedIn);

    /** Returns whether a request with this {@code Accept} header comes from a browser that opens a page. */
    static boolean isWanted(@Nullable String accept) {
        return accept != null && accept.contains("text/html");
    }
}
