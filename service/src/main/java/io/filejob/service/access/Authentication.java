package io.filejob.service.access;

import io.filejob.service.job.Caller;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.util.Optional;

/** Recognizes callers by their bearer tokens. Thread-safe. */
public interface Authentication {
    /** Recognizes no token. */
    Authentication NONE = new Authentication() {
        @Override
        public Optional<Caller> known(String token) {
            return Optional.empty();
        }

        @Override
        public Caller caller(String token) {
            throw new ProblemException(ProblemType.UNAUTHORIZED, "the token is not valid");
        }
    };

    /** Returns the caller with {@code token} if it was recognized a short time ago; does not block. */
    Optional<Caller> known(String token);

    /** Returns the caller with {@code token}; may block, and throws {@link ProblemException} if it is not valid. */
    Caller caller(String token);
}
