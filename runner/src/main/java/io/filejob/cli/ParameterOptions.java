package io.filejob.cli;

import io.filejob.manifest.ManifestEdits;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options that change the manifest as it is read. */
final class ParameterOptions {
    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "Replace ${NAME} in the texts of the manifest by VALUE. May be repeated.")
    private final Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--set",
            paramLabel = "FIELD=VALUE",
            description = "Set a field of the manifest, for example spec.workers=8. VALUE is YAML. May be repeated.")
    private final Map<String, String> settings = new LinkedHashMap<>();

    ManifestEdits edits() {
        return new ManifestEdits(parameters, settings);
    }
}
