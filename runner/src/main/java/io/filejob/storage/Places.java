package io.filejob.storage;

import java.nio.file.Path;

/** Files and folders that a manifest names one by one. */
public final class Places {
    private Places() {}

    /** The file or folder that a path or {@code file:} URI means; relative ones are below {@code base}. */
    public static Path resolve(String pathOrUri, Path base) {
        return FilePlace.of(pathOrUri).resolve(base);
    }
}
