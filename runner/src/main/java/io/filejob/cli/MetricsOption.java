package io.filejob.cli;

import io.filejob.worker.MetricsServer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The option {@code --metrics-port}. */
final class MetricsOption {
    private static final int MAX_PORT = 65_535;

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "Serve metrics for Prometheus at this port, path /metrics, while the command runs. Worker"
                    + " processes of --processes are included.")
    private @Nullable Integer port;

    /** Starts the server, if it is wanted; returns null otherwise. */
    @Nullable
    MetricsServer start() {
        if (port == null) {
            return null;
        }
        if (port < 0 || port > MAX_PORT) {
            throw new ParameterException(
                    Objects.requireNonNull(command).commandLine(),
                    "--metrics-port: " + port + " is not between 0 and " + MAX_PORT);
        }
        return new MetricsServer(port);
    }
}
