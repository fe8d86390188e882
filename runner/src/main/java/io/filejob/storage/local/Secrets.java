package io.filejob.storage.local;

import io.filejob.cluster.PodEnvironment;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the Secrets that a spec refers to. A Secret is a folder with a file for each key or, on this machine, a file of
 * {@code KEY=VALUE} lines, as for {@code kubectl create secret --from-env-file}. It is read at each access, since it
 * may be renewed. Its values are never shown.
 */
public final class Secrets {
    /** The environment variable with the URL of a database. */
    public static final String DATABASE_URL = "DATABASE_URL";
    /** One of these shows that the environment names a database. */
    private static final List<String> NAMING = List.of(DATABASE_URL, "PGHOST", "PGDATABASE");
    /** No Secrets. */
    public static final Secrets NONE = new Secrets(Map.of(), null, null, Map.of());

    private final Map<String, Path> named;
    private final @Nullable Path folder;
    private final @Nullable Function<String, Map<String, String>> values;
    private final Map<String, String> environment;

    private Secrets(
            Map<String, Path> named,
            @Nullable Path folder,
            @Nullable Function<String, Map<String, String>> values,
            Map<String, String> environment) {
        this.named = named;
        this.folder = folder;
        this.values = values;
        this.environment = Map.copyOf(environment);
    }

    /** Returns these Secrets with the variables of an environment, whose settings stand in for Secrets that are not known. */
    public Secrets withEnvironment(Map<String, String> variables) {
        return new Secrets(named, folder, values, variables);
    }

    /** Returns the variables whose settings stand in for Secrets that are not known; none in a pod. */
    public Map<String, String> environment() {
        return environment;
    }

    /** Returns whether the environment names a database, in place of a Secret that is not known. */
    public boolean hasDatabase() {
        return NAMING.stream()
                .anyMatch(variable -> !environment.getOrDefault(variable, "").isEmpty());
    }

    /**
     * Returns Secrets that are not files; {@code read} returns the values by key of a Secret, and throws {@link
     * JobFailedException} if it does not exist.
     */
    public static Secrets readBy(Function<String, Map<String, String>> read) {
        return new Secrets(Map.of(), null, read, Map.of());
    }

    /** Returns one Secret for each file or folder in {@code folder}, which need not exist. */
    public static Secrets in(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            return of(
                    paths.map(path -> path.getFileName() + "=" + path).sorted().toList());
        } catch (NoSuchFileException e) {
            return NONE;
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST, "the Secrets in " + folder + " cannot be read: " + IoReason.of(e), e);
        }
    }

    /** Returns the Secrets of a pod: one folder each, in the folder that {@link PodEnvironment#SECRETS} names. */
    public static Secrets ofPod(Map<String, String> environment) {
        return new Secrets(
                Map.of(),
                Path.of(environment.getOrDefault(PodEnvironment.SECRETS, PodEnvironment.SECRETS_FOLDER)),
                null,
                Map.of());
    }

    /** Parses {@code --secret NAME=PLACE} options; relative paths are resolved against the current folder. */
    public static Secrets of(List<String> options) {
        Map<String, Path> named = new LinkedHashMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            if (equals < 1 || equals == option.length() - 1) {
                throw new JobFailedException(
                        ExitCode.USAGE,
                        "--secret " + option + ": write NAME=PLACE, PLACE being a folder with a file for each key or a"
                                + " file of KEY=VALUE lines");
            }
            String name = option.substring(0, equals);
            Path path = Path.of(option.substring(equals + 1)).toAbsolutePath().normalize();
            if (named.put(name, path) != null) {
                throw new JobFailedException(ExitCode.USAGE, "--secret " + option + ": " + name + " is given twice");
            }
        }
        return new Secrets(named, null, null, Map.of());
    }

    /** Returns the Secrets as options, with absolute paths. */
    public List<String> options() {
        return named.entrySet().stream()
                .map(secret -> secret.getKey() + "=" + secret.getValue())
                .toList();
    }

    /** Returns the files and folders of this machine that stand in for Secrets. */
    public List<Path> paths() {
        return List.copyOf(named.values());
    }

    /** Returns whether the path of Secret {@code name} is known, which is always the case in a pod. */
    public boolean has(String name) {
        return values != null || folder != null || named.containsKey(name);
    }

    /**
     * Returns the value of Secret {@code name} at {@code key}; throws {@link JobFailedException} if the Secret or the key does
     * not exist.
     */
    public String require(String name, String key) {
        return find(name, key)
                .orElseThrow(() -> new JobFailedException(
                        ExitCode.BAD_MANIFEST,
                        "Secret " + name + " has no key " + key + (values == null ? " (in " + path(name) + ")" : "")));
    }

    /**
     * Returns the value of Secret {@code name} at {@code key}, if it exists; throws {@link JobFailedException} if the Secret
     * does not exist.
     */
    public Optional<String> find(String name, String key) {
        if (values != null) {
            return Optional.ofNullable(values.apply(name).get(key)).map(String::strip);
        }
        Path path = path(name);
        try {
            if (!Files.isDirectory(path)) {
                return Optional.ofNullable(EnvironmentFile.parse(Files.readString(path, StandardCharsets.UTF_8))
                        .get(key));
            }
            Path file = path.resolve(key);
            return Files.exists(file)
                    ? Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip())
                    : Optional.empty();
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST, "Secret " + name + " cannot be read: " + IoReason.of(e), e);
        }
    }

    private Path path(String name) {
        Path path = folder == null ? named.get(name) : folder.resolve(name);
        if (path == null) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST, "Secret " + name + " is not known here: add --secret " + name + "=PLACE");
        }
        return path;
    }
}
