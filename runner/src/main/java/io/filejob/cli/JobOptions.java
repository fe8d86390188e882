package io.filejob.cli;

import io.filejob.api.FileJobSpec;
import io.filejob.storage.Storage;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Options that name the job of a command: its manifest and its store, or, in a pod, its ConfigMap. */
final class JobOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Parameters(
            paramLabel = "MANIFEST",
            arity = "0..1",
            description = "The job's FileJob in YAML or JSON; - reads it from standard input. Not with --config-map.")
    private @Nullable Path manifest;

    @Option(
            names = "--config-map",
            paramLabel = "NAME",
            description = "For the operator: the job is described in this ConfigMap.")
    private @Nullable String configMap;

    @Option(
            names = "--store",
            paramLabel = "PLACE",
            description = "The folder, or s3://bucket/prefix/, with the ledgers of all workers. Default: spec.store.")
    private @Nullable String store;

    static boolean isConfigMap(String name) {
        return name.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    }

    @Nullable
    Path manifest() {
        return manifest;
    }

    @Nullable
    String store() {
        return store;
    }

    /** Returns the name of the ConfigMap, null if there is none; throws {@link ParameterException} if it is not valid. */
    @Nullable
    String configMap() {
        if (configMap != null && !isConfigMap(configMap)) {
            throw usage("--config-map: \"" + configMap + "\" is not a name of a ConfigMap");
        }
        return configMap;
    }

    /** Returns the location of the store, from the option or from {@code spec}, which is relative to {@code base}. */
    Optional<String> store(FileJobSpec spec, Path base) {
        if (store != null) {
            return Optional.of(Storage.absolute(store, Path.of("")));
        }
        return Optional.ofNullable(spec.store()).map(named -> Storage.absolute(named.uri(), base));
    }

    /** Returns the exception for a wrong use of the command. */
    ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
