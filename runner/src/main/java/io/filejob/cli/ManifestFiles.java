package io.filejob.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The manifests that a command takes as its arguments. */
final class ManifestFiles {
    @Parameters(
            paramLabel = "MANIFEST",
            arity = "0..*",
            description =
                    "FileJobs in YAML or JSON, one in each file; - reads one from standard input. Relative paths in"
                            + " a manifest are resolved against its folder.")
    private final List<Path> positional = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "MANIFEST",
            description = "A manifest, as the arguments. May be repeated.")
    private final List<Path> named = new ArrayList<>();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Returns the manifests, at least one. */
    List<ManifestFile> all() {
        List<ManifestFile> files = Stream.concat(named.stream(), positional.stream())
                .map(ManifestFile::new)
                .toList();
        if (files.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "missing MANIFEST; name files, or - for standard input");
        }
        return files;
    }
}
