package io.filejob.oneline;

import io.filejob.file.UriScheme;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** Inputs as the command line names them. */
final class InputNames {
    private static final Pattern PATTERN = Pattern.compile("[*?\\[\\]{}\\\\]");

    private InputNames() {}

    /**
     * Returns the entry of {@code spec.input.files} for {@code argument}. A shell replaces patterns by names of files, so the
     * name of an existing file is that file even if it could be a pattern, too.
     */
    static String entry(String argument, Path folder) {
        if (UriScheme.of(argument) != UriScheme.FILE
                || !PATTERN.matcher(argument).find()
                || !exists(folder, argument)) {
            return argument;
        }
        StringBuilder uri = new StringBuilder("file:");
        argument.chars().forEach(next -> {
            if (next == '%' || PATTERN.matcher(Character.toString(next)).matches()) {
                uri.append(String.format(Locale.ROOT, "%%%02X", next));
            } else {
                uri.append((char) next);
            }
        });
        return uri.toString();
    }

    private static boolean exists(Path folder, String argument) {
        try {
            return Files.exists(folder.resolve(argument));
        } catch (InvalidPathException e) {
            // The job reports the wrong name.
            return false;
        }
    }
}
