package io.filejob.service;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The errors that the service under test logs, until it is closed. */
public final class ErrorLog implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("");

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
                messages.add(entry.getLoggerName() + ": " + entry.getMessage() + " " + entry.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** Begins to record errors. */
    public ErrorLog() {
        ROOT.addHandler(handler);
    }

    /** Returns the errors until now. */
    public List<String> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void close() {
        ROOT.removeHandler(handler);
    }
}
