package io.filejob.operator.observe;

import io.filejob.model.ExitCode;
import java.util.List;
import java.util.Set;

/** The ends of a worker after which starting another one cannot help. */
public final class Fatal {
    private static final Set<ExitCode> CODES = Set.of(
            ExitCode.BAD_INPUT,
            ExitCode.NO_INPUT,
            ExitCode.NO_OUTPUT,
            ExitCode.STORE_LOST,
            ExitCode.CREDENTIALS_REFUSED,
            ExitCode.BAD_MANIFEST);

    private Fatal() {}

    /** Whether {@code code} is one of them. */
    public static boolean is(ExitCode code) {
        return CODES.contains(code);
    }

    /** Their exit statuses, in order. */
    public static List<Integer> numbers() {
        return CODES.stream().map(ExitCode::number).sorted().toList();
    }
}
