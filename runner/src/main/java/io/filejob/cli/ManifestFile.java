package io.filejob.cli;

import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.manifest.LocalManifest;
import io.filejob.manifest.ManifestEdits;
import io.filejob.manifest.ManifestReader;
import io.filejob.validation.InvalidManifestException;
import io.filejob.validation.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The manifest that a command takes as its argument. */
final class ManifestFile {
    private static final String NOT_UTF_8 = ": is not UTF-8; name a manifest in YAML or JSON";

    @Parameters(
            paramLabel = "MANIFEST",
            arity = "0..1",
            description = "A FileJob in YAML or JSON; - reads it from standard input. Relative paths in it are resolved"
                    + " against its folder, or against the current one if it is read from standard input.")
    private @Nullable Path positional;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "MANIFEST",
            description = "The manifest, instead of the argument.")
    private @Nullable Path named;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** Creates an instance for picocli, which sets the path. */
    ManifestFile() {}

    ManifestFile(Path path) {
        this.positional = path;
    }

    /** Reads and checks a manifest that people wrote. Throws a {@link JobFailedException} with all its problems. */
    FileJob read(ManifestEdits edits) {
        return readLocal(edits).job();
    }

    /** Reads like {@link #read}; also returns the fields in short forms. */
    LocalManifest readLocal(ManifestEdits edits) {
        return read(text -> ManifestReader.readLocal(text, edits));
    }

    /** Reads and checks a manifest in the long form, without parameters. */
    FileJob readWritten() {
        return read(ManifestReader::read);
    }

    /** Reads a job that the cluster or a run has written, with its status. */
    FileJob readWithStatus() {
        return read(ManifestReader::readWithStatus);
    }

    private <T> T read(ManifestParser<T> parser) {
        String text = text();
        try {
            return parser.parse(text);
        } catch (InvalidManifestException e) {
            List<Problem> problems = e.problems();
            if (problems.getFirst().field().isEmpty()) {
                refuseData(DataInsteadOfManifest.byContent(name(), text));
            }
            throw new InvalidFileException(name(), text, problems, e);
        }
    }

    /** Parses and checks a manifest. */
    @FunctionalInterface
    private interface ManifestParser<T> {
        T parse(String manifest) throws InvalidManifestException;
    }

    private static void refuseData(Optional<String> advice) {
        if (advice.isPresent()) {
            throw new JobFailedException(ExitCode.BAD_MANIFEST, advice.get());
        }
    }

    private String text() {
        if (!isStandardInput()) {
            refuseData(DataInsteadOfManifest.byName(path()));
        }
        try {
            byte[] bytes = isStandardInput() ? start(System.in) : startOfFile();
            if (bytes.length > ManifestReader.MAX_BYTES) {
                throw new JobFailedException(ExitCode.BAD_MANIFEST, ManifestReader.TOO_LARGE);
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            // UTF-16 without a byte-order mark.
            if (text.indexOf('\0') >= 0) {
                throw new JobFailedException(ExitCode.BAD_MANIFEST, name() + NOT_UTF_8);
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new JobFailedException(ExitCode.BAD_MANIFEST, name() + NOT_UTF_8, e);
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.NO_INPUT, "the manifest " + path() + " cannot be read: " + IoReason.of(e), e);
        }
    }

    /** Returns the name of the manifest in messages. */
    String name() {
        return isStandardInput() ? "<stdin>" : path().toString();
    }

    private Path path() {
        Path path = named == null ? positional : named;
        if (path != null && (named == null || positional == null)) {
            return path;
        }
        String problem = path == null
                ? "missing MANIFEST; name a file, or - for standard input"
                : "-f and an argument both name a manifest; leave one out";
        if (command == null) {
            throw new IllegalStateException(problem);
        }
        throw new ParameterException(command.commandLine(), problem);
    }

    private byte[] startOfFile() throws IOException {
        try (InputStream in = Files.newInputStream(path())) {
            return start(in);
        }
    }

    /** Reads at most one byte more than allowed, which shows whether the manifest is too large. */
    private static byte[] start(InputStream in) throws IOException {
        return in.readNBytes(ManifestReader.MAX_BYTES + 1);
    }

    /** Returns the folder that relative paths in the manifest are resolved against. */
    Path base() {
        Path absolute = path().toAbsolutePath().normalize();
        return isStandardInput()
                ? absolute.resolveSibling("").toAbsolutePath()
                : absolute.resolveSibling(".").normalize();
    }

    /** Returns the absolute path of the manifest, or null for standard input. */
    @Nullable
    Path file() {
        return isStandardInput() ? null : path().toAbsolutePath();
    }

    boolean isStandardInput() {
        return path().toString().equals("-");
    }
}
