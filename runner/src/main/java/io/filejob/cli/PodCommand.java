package io.filejob.cli;

import io.filejob.cluster.PodEnvironment;
import io.filejob.failure.ExitCode;
import io.filejob.kubernetes.ApiAccess;
import io.filejob.log.EventLog;
import io.filejob.worker.WorkerSetup;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/**
 * Runs {@code filejob work --config-map NAME} exactly as a pod does, with all other options in the environment. The
 * result
 * is the same as without this class, but it avoids the command line parser, which takes a fifth of the CPU time of a
 * start.
 */
final class PodCommand {
    private PodCommand() {}

    /** Returns whether arguments and environment are exactly those of a pod. */
    static boolean is(String[] arguments, Map<String, String> environment) {
        return arguments.length == 3
                && arguments[0].equals("work")
                && arguments[1].equals("--config-map")
                && JobOptions.isConfigMap(arguments[2])
                && environment.getOrDefault(PodEnvironment.INDEX, "").matches("[0-9]{1,9}")
                && WorkCommand.isAttempt(environment.getOrDefault(PodEnvironment.ATTEMPT, ""));
    }

    /** Runs the worker, prints a failure to standard error, and returns the exit status. */
    static int execute(String[] arguments, Map<String, String> environment) {
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        EventLog log = EventLog.of(err, environment, Clock.systemUTC());
        try {
            WorkerSetup.Identity identity = new WorkerSetup.Identity(
                    Integer.parseInt(environment.getOrDefault(PodEnvironment.INDEX, "")),
                    1,
                    environment.getOrDefault(PodEnvironment.ATTEMPT, ""));
            ExitCode end = new PodWorker(
                            ApiAccess.ofPod(environment), PodWorker.namespace(environment), err, log, Clock.systemUTC())
                    .run(arguments[2], identity, null);
            return end.number();
        } catch (Exception e) {
            return Main.explain(e, log);
        }
    }
}
