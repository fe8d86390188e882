package io.filejob.cli;

import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.manifest.ManifestReader;
import io.filejob.validation.InvalidManifestException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The manifest that a command takes as its argument. */
final class ManifestFile {
    @Parameters(
            paramLabel = "MANIFEST",
            description = "A FileJob in YAML or JSON; - reads it from standard input. Relative paths in it are resolved"
                    + " against its folder, or against the current one if it is read from standard input.")
    private Path path;

    /** Creates an instance for picocli, which sets the path. */
    ManifestFile() {
        this(Path.of("-"));
    }

    ManifestFile(Path path) {
        this.path = path;
    }

    /** Reads and checks the job. Throws a {@link JobFailedException} with one line for each problem. */
    FileJob read() {
        return read(ManifestReader::read);
    }

    /** Reads a job that the cluster or a run has written, with its status. */
    FileJob readWithStatus() {
        return read(ManifestReader::readWithStatus);
    }

    private FileJob read(ManifestParser parser) {
        try {
            return parser.parse(text());
        } catch (InvalidManifestException e) {
            throw new JobFailedException(ExitCode.BAD_MANIFEST, e.getMessage() == null ? "" : e.getMessage(), e);
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.NO_INPUT, "the manifest " + path + " cannot be read: " + IoReason.of(e), e);
        }
    }

    /** Parses and checks a manifest. */
    @FunctionalInterface
    private interface ManifestParser {
        FileJob parse(String manifest) throws InvalidManifestException;
    }

    private String text() throws IOException {
        byte[] bytes = isStandardInput() ? start(System.in) : startOfFile();
        if (bytes.length > ManifestReader.MAX_BYTES) {
            throw new JobFailedException(ExitCode.BAD_MANIFEST, ManifestReader.TOO_LARGE);
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

    /** Reads at most one byte more than allowed, which shows whether the manifest is too large. */
    private static byte[] start(InputStream in) throws IOException {
        return in.readNBytes(ManifestReader.MAX_BYTES + 1);
    }

    /** Returns the folder that relative paths in the manifest are resolved against. */
    Path base() {
        Path absolute = path.toAbsolutePath().normalize();
        return isStandardInput()
                ? absolute.resolveSibling("").toAbsolutePath()
                : absolute.resolveSibling(".").normalize();
    }

    /** Returns the absolute path of the manifest, or null for standard input. */
    @Nullable
    Path file() {
        return isStandardInput() ? null : path.toAbsolutePath();
    }

    boolean isStandardInput() {
        return path.toString().equals("-");
    }
}
