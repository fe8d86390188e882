package io.filejob.image;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the shared library of libvips: the file that {@value #VARIABLE} names, else {@value #FILE} in the folder
 * {@code lib} beside FileJob's jar or in the jar's own folder, else the system's.
 */
@SuppressWarnings("restricted")
final class LibvipsFile {
    static final String VARIABLE = "FILEJOB_LIBVIPS";

    private static final String FILE = "libvips.so";
    /** The names by which the systems' loaders know version 8, of Linux and of macOS. */
    private static final List<String> SYSTEM = List.of("libvips.so.42", "libvips.42.dylib");

    private static final String REMEDY = "install it (on Debian and Ubuntu: apt-get install libvips42), or set "
            + VARIABLE + " to its shared library";

    private LibvipsFile() {}

    /** Loads the library for the life of the process. */
    static SymbolLookup load(@Nullable String variable, @Nullable Path jar) throws LibvipsMissingException {
        if (variable != null && !variable.isEmpty()) {
            return load(Path.of(variable), VARIABLE + ": ");
        }
        if (jar != null && jar.getParent() != null) {
            for (Path file : List.of(jar.resolveSibling("lib").resolve(FILE), jar.resolveSibling(FILE))) {
                if (Files.exists(file)) {
                    return load(file, "");
                }
            }
        }
        for (String name : SYSTEM) {
            try {
                return SymbolLookup.libraryLookup(name, Arena.global());
            } catch (IllegalArgumentException e) {
                // The next name may be this system's.
            }
        }
        throw new LibvipsMissingException("libvips is not installed, and images cannot be compressed; " + REMEDY);
    }

    private static SymbolLookup load(Path file, String field) throws LibvipsMissingException {
        try {
            return SymbolLookup.libraryLookup(file.toAbsolutePath(), Arena.global());
        } catch (IllegalArgumentException e) {
            throw new LibvipsMissingException(field + "libvips cannot be loaded (" + file + "); " + REMEDY, e);
        }
    }

    /** Returns the jar or folder that this class comes from, or null if it is not a file. */
    static @Nullable Path jar() {
        try {
            URI source = LibvipsFile.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            return Path.of(source);
        } catch (URISyntaxException | FileSystemNotFoundException | IllegalArgumentException e) {
            return null;
        }
    }
}
