package io.filejob.value;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A path or {@code file:} URI of a manifest.
 *
 * @param text the path, in a URI without its scheme and still percent-encoded
 * @param isUri whether it was a URI
 */
public record FileLocation(String text, boolean isUri) {
    /** Parses {@code pathOrUri}; throws {@link JobFailedException} if it names a host. */
    public static FileLocation of(String pathOrUri) {
        if (!pathOrUri.toLowerCase(Locale.ROOT).startsWith("file:")) {
            return new FileLocation(pathOrUri, false);
        }
        String rest = pathOrUri.substring("file:".length());
        if (!rest.startsWith("//")) {
            return new FileLocation(rest, true);
        }
        int slash = rest.indexOf('/', 2);
        String host = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
        if (slash < 0 || !(host.isEmpty() || host.equals("localhost"))) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST,
                    pathOrUri + " names a host, \"" + host + "\": write file:///path for a file of this machine");
        }
        return new FileLocation(rest.substring(slash), true);
    }

    /** Returns whether the path is relative. */
    public boolean isRelative() {
        return !text.startsWith("/");
    }

    /** Returns the literal path of the file or folder; relative paths are resolved against {@code base}. */
    public Path resolve(Path base) {
        String name = isUri ? PercentDecoding.decode(text) : text;
        try {
            return base.resolve(name).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new JobFailedException(ExitCode.BAD_MANIFEST, name + ": not a path: " + reason(e), e);
        }
    }

    /**
     * Describes why {@code e} was thrown: the text contains a character that no path may contain, or one that this
     * process cannot encode.
     */
    public static String reason(InvalidPathException e) {
        return e.getInput().indexOf('\0') >= 0
                ? "it holds the character NUL"
                : "it has characters that the locale has not; set LC_ALL=C.UTF-8";
    }
}
