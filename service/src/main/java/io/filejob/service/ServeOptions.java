package io.filejob.service;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code filejob serve}.
 *
 * @param port the port; null for the default, 0 for any free one
 * @param data the data folder; null for the default
 * @param jobs the number of jobs that run at once; null for the default
 * @param directDownloads whether browsers download from object storage directly
 * @param help whether only the help text is wanted
 * @param training whether the service ends after some requests of its own, which train its start-up cache
 */
record ServeOptions(
        @Nullable String port,
        @Nullable String data,
        @Nullable String jobs,
        boolean directDownloads,
        boolean help,
        boolean training) {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_JOBS = 64;

    /** The help text. */
    static final String HELP = """
            Usage: filejob serve [--port=PORT] [--data=FOLDER] [--jobs=N] [--direct-downloads]
            Serves a web page and a REST API that run jobs on this machine, for its user alone, and prints the URL. Jobs that
            have not ended when it is stopped continue when it is started again.
                  --port=PORT     The port on the loopback interface (default: 8780); 0 for any free one.
                  --data=FOLDER   The folder of uploads, jobs, results and Secrets (default: ~/.local/share/filejob).
                  --jobs=N        The number of jobs that run at once (default: 2); others wait in the order of their creation.
                  --direct-downloads
                                  Browsers reach object storage as jobs do: they download results from it, with URLs that are
                                  valid for ten minutes. Without this option, this process passes the bytes on.
              -h, --help          Show this help message and exit.
            """;

    /** Parses {@code arguments}; throws {@link JobFailedException} with {@link ExitCode#USAGE} if they are not valid. */
    static ServeOptions parse(List<String> arguments) {
        String port = null;
        String data = null;
        String jobs = null;
        boolean directDownloads = false;
        boolean help = false;
        boolean training = false;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            String given = equals < 0 ? null : argument.substring(equals + 1);
            switch (name) {
                case "--port" -> port = number(name, value(name, given, rest), 0, MAX_PORT);
                case "--data" -> data = value(name, given, rest);
                case "--jobs" -> jobs = number(name, value(name, given, rest), 1, MAX_JOBS);
                case "--direct-downloads" -> directDownloads = true;
                case "-h", "--help" -> help = true;
                case "--train" -> training = true;
                default -> throw usage(argument + ": is not an option of this command; see: filejob serve --help");
            }
        }
        return new ServeOptions(port, data, jobs, directDownloads, help, training);
    }

    private static String value(String name, @Nullable String given, Iterator<String> rest) {
        String value = given != null || !rest.hasNext() ? given : rest.next();
        if (value == null || value.isEmpty()) {
            throw usage(name + ": has no value; write " + name + "=VALUE");
        }
        return value;
    }

    private static String number(String name, String value, int min, int max) {
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw usage(name + ": " + value + " is not a number; use " + min + " to " + max);
        }
        throw usage(name + ": " + value + " is not between " + min + " and " + max);
    }

    private static JobFailedException usage(String message) {
        return new JobFailedException(ExitCode.USAGE, message);
    }
}
