package io.filejob.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.cluster.PodEnvironment;
import io.filejob.failure.UrlRedaction;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The log of a process: a line for each event. As text, it is the message; as JSON, an object that also has the time, the
 * level and the fields that are set. Credentials in URLs are masked. Safe to use from any thread.
 */
public final class EventLog {
    private static final String PREFIX = "filejob: ";

    private final PrintWriter out;
    private final boolean isJson;
    private final LogLevel level;
    private final Clock clock;
    private final Map<LogField, String> fields = new EnumMap<>(LogField.class);
    private final Map<String, String> names = new TreeMap<>();
    private UnaryOperator<String> wording = UnaryOperator.identity();

    private EventLog(PrintWriter out, boolean isJson, LogLevel level, Clock clock) {
        this.out = out;
        this.isJson = isJson;
        this.level = level;
        this.clock = clock;
    }

    /**
     * Creates a log with the format and level of {@code environment}: {@link PodEnvironment#LOG_JSON} and {@link
     * PodEnvironment#LOG_LEVEL}.
     */
    public static EventLog of(PrintWriter out, Map<String, String> environment, Clock clock) {
        return new EventLog(
                out,
                "true".equalsIgnoreCase(environment.get(PodEnvironment.LOG_JSON)),
                LogLevel.of(environment.get(PodEnvironment.LOG_LEVEL)),
                clock);
    }

    /** Sets a field of all later events; null removes it. */
    public synchronized void set(LogField field, @Nullable String value) {
        if (value == null) {
            fields.remove(field);
        } else {
            fields.put(field, value);
        }
    }

    /** Returns whether lines are JSON. */
    public boolean isJson() {
        return isJson;
    }

    /** Shows {@code shown} instead of the name {@code internal} in all messages from now on. */
    public synchronized void rename(String internal, String shown) {
        names.put(internal, shown);
    }

    /** Rewrites all messages from now on by {@code change}. */
    public synchronized void reword(UnaryOperator<String> change) {
        wording = change;
    }

    private String shown(String message) {
        String shown = UrlRedaction.of(wording.apply(message));
        for (Map.Entry<String, String> name : names.entrySet()) {
            shown = shown.replace(name.getKey(), name.getValue());
        }
        return shown;
    }

    /** Returns whether events of this level are written. */
    public boolean writes(LogLevel wanted) {
        return wanted.compareTo(level) >= 0;
    }

    /** Writes an event of level {@link LogLevel#DEBUG}. */
    public void debug(String message) {
        write(LogLevel.DEBUG, message, null);
    }

    /** Writes an event of level {@link LogLevel#INFO}. */
    public void info(String message) {
        write(LogLevel.INFO, message, null);
    }

    /** Writes an event of level {@link LogLevel#WARN}. */
    public void warn(String message) {
        write(LogLevel.WARN, message, null);
    }

    /** Writes an event of level {@link LogLevel#ERROR}, with the stack trace of {@code bug} unless it is null. */
    public void error(String message, @Nullable Throwable bug) {
        write(LogLevel.ERROR, message, bug);
    }

    /** Writes a line that is shown to people, without a prefix; in JSON, it is an event of level {@link LogLevel#INFO}. */
    public synchronized void line(String text) {
        if (isJson) {
            info(text);
        } else {
            out.println(Printable.text(shown(text)));
            out.flush();
        }
    }

    private synchronized void write(LogLevel wanted, String message, @Nullable Throwable bug) {
        if (!writes(wanted)) {
            return;
        }
        String shown = shown(message);
        if (isJson) {
            out.println(json(wanted, shown, bug));
        } else {
            String prefix = wanted == LogLevel.WARN ? PREFIX + "warning: " : PREFIX;
            shown.lines().forEach(line -> out.println(prefix + Printable.line(line)));
            if (bug != null) {
                out.print(Printable.text(stackTrace(bug)));
            }
        }
        out.flush();
    }

    private String json(LogLevel wanted, String message, @Nullable Throwable bug) {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("timestamp", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("level", wanted.name())
                .put("message", message);
        fields.forEach((field, value) -> {
            if (field == LogField.WORKER || field == LogField.SLICE) {
                event.put(field.key(), Integer.parseInt(value));
            } else {
                event.put(field.key(), value);
            }
        });
        if (bug != null) {
            event.put("stackTrace", stackTrace(bug));
        }
        return event.toString();
    }

    private static String stackTrace(Throwable bug) {
        StringWriter text = new StringWriter();
        bug.printStackTrace(new PrintWriter(text, true));
        return UrlRedaction.of(text.toString());
    }
}
