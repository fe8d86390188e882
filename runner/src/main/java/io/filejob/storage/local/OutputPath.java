package io.filejob.storage.local;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Resolves the path of an output. Links are followed, so that the linked file is written and the links stay. Only
 * regular files are replaced. Failures are {@link JobFailedException}s with {@link ExitCode#NO_OUTPUT}.
 */
final class OutputPath {
    /** Paths of a process's descriptors; replacing the file behind one would not reach its reader. */
    private static final Pattern DESCRIPTOR = Pattern.compile("/(proc/.*|dev/(fd/.*|stdin|stdout|stderr))");

    private static final int TYPE = 0170000;
    private static final int PIPE = 0010000;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final int BLOCK_DEVICE = 0060000;
    private static final int SOCKET = 0140000;

    private OutputPath() {}

    /** Returns the real path of {@code file} after checking, as far as possible, that it can be written. */
    static Path check(Path file, Confines confines) {
        Path real = resolve(file, confines);
        Path folder = real.resolveSibling(".").normalize();
        String obstacle = !Files.isDirectory(folder)
                ? "there is no folder " + folder
                : Files.isDirectory(real)
                        ? "it is a folder"
                        : Files.isWritable(folder) ? "" : "permission denied in " + folder;
        if (!obstacle.isEmpty()) {
            throw refused(file, obstacle);
        }
        return real;
    }

    /** Returns the real path of {@code file}; refuses a device or another special file. */
    static Path resolve(Path file, Confines confines) {
        try {
            if (DESCRIPTOR.matcher(file.toString()).matches()) {
                throw refused(file, "it is a descriptor of a process; name a file");
            }
            checkType(file, file);
            Path real = confines.resolve(file, ExitCode.NO_OUTPUT);
            checkType(real, file);
            return real;
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.NO_OUTPUT, "the output " + file + " cannot be written: " + IoReason.of(e), e);
        }
    }

    /** Checks that {@code real} is still a regular file or does not exist, and has not become a link. */
    static void checkUnchanged(Path real) throws IOException {
        if (Files.isSymbolicLink(real)) {
            throw refused(real, "it has become a link");
        }
        checkType(real, real);
    }

    private static void checkType(Path file, Path shown) throws IOException {
        if (!Files.exists(file) || Files.isRegularFile(file) || Files.isDirectory(file)) {
            return;
        }
        String type =
                switch ((int) Files.getAttribute(file, "unix:mode") & TYPE) {
                    case PIPE -> "a pipe";
                    case CHARACTER_DEVICE, BLOCK_DEVICE -> "a device";
                    case SOCKET -> "a socket";
                    default -> "not a regular file";
                };
        throw refused(shown, "it is " + type + "; name a file");
    }

    private static JobFailedException refused(Path file, String reason) {
        return new JobFailedException(ExitCode.NO_OUTPUT, "the output " + file + " cannot be written: " + reason);
    }
}
