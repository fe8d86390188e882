package io.filejob.service.access;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;

/** Cookies that only this service reads, and scripts do not. */
final class TokenCookie {
    /** The cookie with the token; the prefix makes browsers refuse one that is not secure or of another host. */
    static final String NAME = "__Host-filejob-token";

    /** Browsers keep cookies of up to 4096 bytes with their names and attributes. */
    private static final String TOKEN = "[A-Za-z0-9._~+/=-]{1,3900}";

    private TokenCookie() {}

    /** Checks that a browser keeps the token; throws {@link ProblemException} (401) with {@code remedy} if not. */
    static void check(String token, String remedy) {
        if (!token.matches(TOKEN)) {
            throw new ProblemException(ProblemType.UNAUTHORIZED, "not a token of at most 3900 characters; " + remedy);
        }
    }

    /** Returns a cookie that is sent with requests of this service's own pages only. */
    static NewCookie.Builder of(String token) {
        return named(NAME, token).sameSite(NewCookie.SameSite.STRICT);
    }

    /** Returns a cookie that is also sent when a page of another site leads to this service. */
    static NewCookie.Builder ofAttempt(String name, String value, Duration life) {
        return named(name, value).maxAge((int) life.toSeconds()).sameSite(NewCookie.SameSite.LAX);
    }

    private static NewCookie.Builder named(String name, String value) {
        return new NewCookie.Builder(name).value(value).path("/").httpOnly(true).secure(true);
    }
}
