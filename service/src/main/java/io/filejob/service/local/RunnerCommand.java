package io.filejob.service.local;

import io.filejob.manifest.ManifestReader;
import io.filejob.storage.local.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command line of {@code filejob} from the classes of this service. */
final class RunnerCommand {
    private static final String MAIN = "io.filejob.cli.Main";

    private RunnerCommand() {}

    /** Returns a command line that needs no arguments before those of a command. */
    static List<String> ofThisProcess() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                MAIN);
    }

    /** A packaged service has all of its libraries in one folder, which its own class path need not show. */
    private static String classPath() {
        Path core = folder(ManifestReader.class);
        return core != null && core.equals(folder(Secrets.class))
                ? core.resolve("*").toString()
                : System.getProperty("java.class.path");
    }

    /** Returns the folder of the jar with {@code type}; null if it is not in a jar. */
    private static @Nullable Path folder(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return null;
        }
        try {
            Path jar = Path.of(new URI(source.getLocation().toString()));
            return Files.isRegularFile(jar) ? jar.getParent() : null;
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return null;
        }
    }
}
