package io.filejob.operator.observe;

import io.filejob.model.ExitCode;
import java.util.List;
import java.util.Set;

/**
 * Decides how a worker's exit code affects its job. Some failures would occur in every worker; they end the job at
 * once. Others may be limited to one node (a full disk, a device error, a quota); they end the job once they are
 * confirmed. All others count against the back-off limit of the worker's index, after which the Job itself fails.
 */
public final class ExitPolicy {
    private static final Set<ExitCode> ENDS_JOB =
            Set.of(ExitCode.BAD_INPUT, ExitCode.NO_OUTPUT, ExitCode.CREDENTIALS_REFUSED, ExitCode.BAD_MANIFEST);
    private static final Set<ExitCode> MAY_BE_LOCAL = Set.of(ExitCode.NO_INPUT, ExitCode.STORE_LOST);

    private ExitPolicy() {}

    /** Returns whether every worker would exit with {@code code}. */
    public static boolean endsJob(ExitCode code) {
        return ENDS_JOB.contains(code);
    }

    /** Returns whether a worker on another node may succeed. */
    static boolean mayBeLocal(ExitCode code) {
        return MAY_BE_LOCAL.contains(code);
    }

    /** Returns the exit codes that end the job at once, in ascending order. */
    public static List<Integer> ending() {
        return ENDS_JOB.stream().map(ExitCode::number).sorted().toList();
    }
}
