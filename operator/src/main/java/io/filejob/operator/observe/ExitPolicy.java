package io.filejob.operator.observe;

import io.filejob.model.ExitCode;
import java.util.List;
import java.util.Set;

/**
 * What a worker's exit code means for its job. Some failures every worker would meet; they end the job at once. Others may
 * be of one node (a full disk, a device error, a quota); they end it when they are confirmed. All others count against
 * the budget of the worker's index, after which the Job itself gives up.
 */
public final class ExitPolicy {
    private static final Set<ExitCode> ENDS_JOB =
            Set.of(ExitCode.BAD_INPUT, ExitCode.NO_OUTPUT, ExitCode.CREDENTIALS_REFUSED, ExitCode.BAD_MANIFEST);
    private static final Set<ExitCode> MAY_BE_LOCAL = Set.of(ExitCode.NO_INPUT, ExitCode.STORE_LOST);

    private ExitPolicy() {}

    /** Whether every worker would end with {@code code}. */
    public static boolean endsJob(ExitCode code) {
        return ENDS_JOB.contains(code);
    }

    /** Whether a worker on another node may succeed. */
    static boolean mayBeLocal(ExitCode code) {
        return MAY_BE_LOCAL.contains(code);
    }

    /** The exit codes that end the job at once, in order. */
    public static List<Integer> ending() {
        return ENDS_JOB.stream().map(ExitCode::number).sorted().toList();
    }
}
