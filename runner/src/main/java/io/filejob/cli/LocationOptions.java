package io.filejob.cli;

import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Options that replace the volumes and Secrets of a cluster in local runs. */
final class LocationOptions {
    @Option(
            names = "--mount",
            paramLabel = "PATH=DIR",
            description = "Use this folder for files that the manifest names below PATH, a volume's mount path. May be"
                    + " repeated.")
    private final List<String> mounts = new ArrayList<>();

    @Option(
            names = "--secret",
            paramLabel = "NAME=PLACE",
            description = "Replaces Secret NAME: a folder with a file for each key, or a file of KEY=VALUE"
                    + " lines. May be repeated. Without one for spec.s3.credentialsSecret, the environment's AWS"
                    + " settings are used, without one for a database DATABASE_URL or PGHOST, PGUSER and so on.")
    private final List<String> secrets = new ArrayList<>();

    boolean isEmpty() {
        return mounts.isEmpty() && secrets.isEmpty();
    }

    /** Returns whether there is an option for Secret {@code name}. */
    boolean hasSecret(String name) {
        return Secrets.of(secrets).has(name);
    }

    Mounts mounts() {
        return mounts(List.of());
    }

    /** Returns the mounts of the options and of {@code more}, which have the same form. */
    Mounts mounts(List<String> more) {
        return Mounts.of(Stream.concat(mounts.stream(), more.stream()).toList());
    }

    Secrets secrets() {
        return Secrets.of(secrets).withEnvironment(System.getenv());
    }
}
