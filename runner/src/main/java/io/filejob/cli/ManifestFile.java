package io.filejob.cli;

import io.filejob.model.ExitCode;
import io.filejob.model.FileJob;
import io.filejob.model.InvalidManifest;
import io.filejob.model.JobFailure;
import io.filejob.model.ManifestReader;
import io.filejob.storage.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The manifest that a command is about. */
final class ManifestFile {
    @Parameters(
            paramLabel = "MANIFEST",
            description = "A FileJob in YAML or JSON; - reads it from standard input. Relative paths in it are below"
                    + " its own folder, or below the current one if it comes from standard input.")
    private Path path;

    /** For picocli, which fills it in. */
    ManifestFile() {
        this(Path.of("-"));
    }

    ManifestFile(Path path) {
        this.path = path;
    }

    /** The job in it; all that is wrong with it is a failure with one line each. */
    FileJob read() {
        try {
            return ManifestReader.read(text());
        } catch (InvalidManifest e) {
            throw new JobFailure(ExitCode.BAD_MANIFEST, e.getMessage() == null ? "" : e.getMessage(), e);
        } catch (IOException e) {
            throw new JobFailure(ExitCode.NO_INPUT, "the manifest " + path + " cannot be read: " + IoReason.of(e), e);
        }
    }

    private String text() throws IOException {
        byte[] bytes = isStandardInput() ? start(System.in) : startOfFile();
        if (bytes.length > ManifestReader.MAX_BYTES) {
            throw new JobFailure(ExitCode.BAD_MANIFEST, ManifestReader.TOO_LARGE);
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private byte[] startOfFile() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return start(in);
        }
    }

    /** No more than shows whether it is too large. */
    private static byte[] start(InputStream in) throws IOException {
        return in.readNBytes(ManifestReader.MAX_BYTES + 1);
    }

    /** What relative paths in it are below. */
    Path base() {
        Path absolute = path.toAbsolutePath().normalize();
        return isStandardInput()
                ? absolute.resolveSibling("").toAbsolutePath()
                : absolute.resolveSibling(".").normalize();
    }

    /** The file; null if it is standard input. */
    @Nullable
    Path file() {
        return isStandardInput() ? null : path.toAbsolutePath();
    }

    private boolean isStandardInput() {
        return path.toString().equals("-");
    }
}
