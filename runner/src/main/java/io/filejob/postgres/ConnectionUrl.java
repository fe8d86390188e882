package io.filejob.postgres;

import io.filejob.failure.JobFailedException;
import io.filejob.value.PercentDecoding;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connection URL of PostgreSQL, {@code postgresql://user:password@host:port/database?sslmode=require}, as libpq reads it
 * (section 34.1.1.2 of PostgreSQL's documentation). Messages never contain it.
 */
final class ConnectionUrl {
    /** The form that a message recommends. */
    static final String FORM = "postgresql://user:password@host:port/database";

    private static final Pattern URL = Pattern.compile(
            "(?i)(?:jdbc:)?postgres(?:ql)?://"
                    + "(?:(?<user>[^:@/?#]*)(?::(?<password>[^@/?#]*))?@)?"
                    + "(?<host>\\[[^\\]/]*]|[^:/?#@\\[,]*)(?::(?<port>[^/?#,]*))?(?:/(?<database>[^?#]*))?(?:[?](?<parameters>[^#]*))?");

    /** Names of parameters by those of libpq and JDBC. */
    private static final Map<String, String> PARAMETERS = Map.of(
            "host", "host",
            "port", "port",
            "dbname", "database",
            "user", "user",
            "password", "password",
            "sslmode", "sslmode",
            "sslrootcert", "sslrootcert",
            "channel_binding", "channel_binding",
            "channelbinding", "channel_binding",
            "options", "options");
    /** Parameters that FileJob sets itself. */
    private static final Set<String> IGNORED = Set.of("application_name", "applicationname", "connect_timeout");

    private ConnectionUrl() {}

    /**
     * Returns the settings in {@code url} by their keys in a Secret, without those that are empty; throws {@link
     * IllegalArgumentException}, whose message says what is wrong with it.
     */
    static Map<String, String> parse(String url) {
        Matcher parts = URL.matcher(url.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("is not a URL of PostgreSQL, such as " + FORM
                    + " (write special characters in a password as %XX, for example %40 for @)");
        }
        Map<String, String> settings = new HashMap<>();
        for (String name : new String[] {"user", "password", "host", "port", "database"}) {
            put(settings, name, parts.group(name));
        }
        String parameters = parts.group("parameters");
        if (parameters != null) {
            for (String parameter : parameters.split("&", -1)) {
                int equals = parameter.indexOf('=');
                String name = (equals < 0 ? parameter : parameter.substring(0, equals)).toLowerCase(Locale.ROOT);
                String key = PARAMETERS.get(name);
                // Its name may be a part of a password with an unescaped question mark.
                if (key == null && !IGNORED.contains(name) && !name.isEmpty()) {
                    throw new IllegalArgumentException(
                            "has a parameter that is not supported; use user, password, host, port, dbname, sslmode, sslrootcert,"
                                    + " channel_binding or options");
                }
                if (key != null) {
                    put(settings, key, equals < 0 ? "" : parameter.substring(equals + 1));
                }
            }
        }
        return settings;
    }

    private static void put(Map<String, String> settings, String name, @Nullable String encoded) {
        if (encoded == null || encoded.isEmpty()) {
            return;
        }
        String value = decode(name, encoded);
        settings.put(
                name, value.startsWith("[") && value.endsWith("]") ? value.substring(1, value.length() - 1) : value);
    }

    private static String decode(String name, String encoded) {
        try {
            return PercentDecoding.decode(encoded);
        } catch (JobFailedException e) {
            // Its message has the text, which may be a password.
            throw new IllegalArgumentException("has a % without two hexadecimal digits after it in its " + name
                    + ": write %25 for a percent sign");
        }
    }
}
