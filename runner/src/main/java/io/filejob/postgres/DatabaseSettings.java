package io.filejob.postgres;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.storage.local.Secrets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a connection by key: those of a Secret or, on a machine where it is not known, of the environment. A URL
 * stands for settings that are not given alone.
 */
final class DatabaseSettings {
    private static final List<String> URL_KEYS = List.of("url", "uri");
    /** Other names of keys, in Secrets that operators of databases write. */
    private static final Map<String, String> SYNONYMS = Map.of("database", "dbname", "user", "username");

    private static final Map<String, String> VARIABLES = Map.of(
            "host", "PGHOST",
            "port", "PGPORT",
            "database", "PGDATABASE",
            "user", "PGUSER",
            "password", "PGPASSWORD",
            "sslmode", "PGSSLMODE",
            "sslrootcert", "PGSSLROOTCERT",
            "channel_binding", "PGCHANNELBINDING",
            "options", "PGOPTIONS");

    private final String name;
    private final Secrets secrets;
    private final Map<String, String> environment;

    /** Creates the settings of Secret {@code name}. */
    DatabaseSettings(String name, Secrets secrets) {
        this.name = name;
        this.secrets = secrets;
        this.environment = secrets.environment();
    }

    /** Returns whether the settings are those of the environment. */
    boolean isEnvironment() {
        return !secrets.has(name) && secrets.hasDatabase();
    }

    /** Returns the source of the settings, for messages. */
    String source() {
        if (!isEnvironment()) {
            return "Secret " + name;
        }
        return variable(Secrets.DATABASE_URL).isPresent() ? Secrets.DATABASE_URL : "the environment";
    }

    /** Returns the value of {@code key}; throws {@link JobFailedException} if there is none. */
    String require(String key) {
        return find(key).orElseGet(() -> secrets.require(name, key));
    }

    /** Returns the value of {@code key}, if there is one; throws {@link JobFailedException} if there are no settings. */
    Optional<String> find(String key) {
        if (isEnvironment()) {
            return ofUrl(Secrets.DATABASE_URL, variable(Secrets.DATABASE_URL), key)
                    .or(() -> variable(VARIABLES.getOrDefault(key, "")))
                    .or(() -> byDefault(key));
        }
        if (!secrets.has(name)) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST,
                    "Secret " + name + " is not known here: add --secret " + name
                            + "=PLACE, or set DATABASE_URL or PGHOST");
        }
        return secrets.find(name, key)
                .or(() -> Optional.ofNullable(SYNONYMS.get(key)).flatMap(other -> secrets.find(name, other)))
                .or(() -> URL_KEYS.stream()
                        .flatMap(urlKey -> ofUrl(urlKey, secrets.find(name, urlKey), key).stream())
                        .findFirst());
    }

    private Optional<String> ofUrl(String urlKey, Optional<String> url, String key) {
        try {
            return url.map(ConnectionUrl::parse).map(settings -> settings.get(key));
        } catch (IllegalArgumentException e) {
            throw wrong(urlKey, String.valueOf(e.getMessage()));
        }
    }

    /** Returns the value that libpq takes if a setting is absent; sockets of this machine are not supported. */
    private Optional<String> byDefault(String key) {
        return switch (key) {
            case "host" -> Optional.of("localhost");
            case "user" -> Optional.ofNullable(System.getProperty("user.name"));
            case "database" -> find("user");
            default -> Optional.empty();
        };
    }

    private Optional<String> variable(String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isEmpty());
    }

    /** Returns the failure for a wrong value of {@code key}. */
    JobFailedException wrong(String key, String problem) {
        return new JobFailedException(ExitCode.BAD_MANIFEST, origin(key) + " " + problem);
    }

    /** Returns the name of the setting where the user has written it. */
    private String origin(String key) {
        if (!isEnvironment()) {
            return source() + ": " + key;
        }
        Optional<String> url = variable(Secrets.DATABASE_URL);
        if (key.equals(Secrets.DATABASE_URL)) {
            return key + ": the value";
        }
        return ofUrl(Secrets.DATABASE_URL, url, key).isPresent()
                ? Secrets.DATABASE_URL + ": its " + key
                : "the environment: " + VARIABLES.getOrDefault(key, key);
    }
}
