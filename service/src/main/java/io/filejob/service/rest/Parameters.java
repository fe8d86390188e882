package io.filejob.service.rest;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks parameters and headers of requests. */
final class Parameters {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private Parameters() {}

    static int number(String name, String value, int least, int most) {
        int number = NUMBER.matcher(value).matches() ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    name + ": not valid (" + value + "); use a number from " + least + " to " + most);
        }
        return number;
    }

    /** Returns {@code key}, an {@code Idempotency-Key}; null for a request without a key. */
    static @Nullable String idempotencyKey(@Nullable String key) {
        if (key != null && !KEY.matcher(key).matches()) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    "Idempotency-Key: not valid; use 1 to 255 printable characters of ASCII without blanks");
        }
        return key;
    }
}
