package io.filejob.log;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The severity of an event. */
public enum LogLevel {
    /** Details such as each finished slice. */
    DEBUG,
    /** Beginnings and ends. */
    INFO,
    /** Problems that do not end the work. */
    WARN,
    /** The reason why a command fails. */
    ERROR;

    /** Returns the level with this {@code name} in any case; {@link #INFO} for other names. */
    static LogLevel of(@Nullable String name) {
        String wanted = name == null ? "" : name.strip().toUpperCase(Locale.ROOT);
        for (LogLevel level : values()) {
            if (level.name().equals(wanted)) {
                return level;
            }
        }
        return INFO;
    }
}
