package io.filejob.service;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.service.access.LocalToken;
import io.filejob.service.local.StartUpTraining;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Inject;
import java.net.BindException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts the service: in a cluster with settings from the environment, on a machine with options. */
@QuarkusMain
public final class Serve implements QuarkusApplication {
    private static final String TRAINING = "--train";

    @Inject
    LocalToken token;

    @Inject
    HttpServer server;

    /** Starts the service and waits until it is stopped. */
    public static void main(String... arguments) {
        if ("cluster".equalsIgnoreCase(System.getenv("FILEJOB_SERVICE_HOST"))) {
            Quarkus.run(arguments);
            return;
        }
        try {
            ServeOptions options = ServeOptions.parse(List.of(arguments));
            if (options.help()) {
                System.out.print(ServeOptions.HELP);
                return;
            }
            set("quarkus.http.port", options.port());
            set("filejob.service.local.data", options.data());
            set("filejob.service.local.concurrent-jobs", options.jobs());
            set("filejob.service.local.direct-downloads", options.directDownloads() ? "true" : null);
            // Messages about failures of the start are those of this class.
            set("quarkus.log.category.\"io.quarkus.runtime.Application\".level", "OFF");
            if (System.getenv("FILEJOB_LOG_LEVEL") == null) {
                set("quarkus.log.level", "WARN");
            }
            Quarkus.run(Serve.class, Serve::end, options.training() ? new String[] {TRAINING} : new String[0]);
        } catch (JobFailedException e) {
            end(0, e);
        }
    }

    private static void set(String property, @Nullable String value) {
        if (value != null) {
            System.setProperty(property, value);
        }
    }

    @Override
    public int run(String... arguments) {
        String url = "http://127.0.0.1:" + server.getPort() + "/?token=" + token.value();
        if (List.of(arguments).contains(TRAINING)) {
            return StartUpTraining.run(server.getPort(), token.value());
        }
        System.out.println("FileJob is ready at " + url);
        Quarkus.waitForExit();
        return ExitCode.DONE.number();
    }

    private static void end(int exitStatus, @Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JobFailedException known) {
                refuse(String.valueOf(known.getMessage()), known.exitCode());
            }
            // The server's own exception of an address in use is one of these, or ends with one.
            if (cause instanceof BindException
                    || cause.getClass().getSimpleName().equals("QuarkusBindException")) {
                refuse(
                        "--port: " + System.getProperty("quarkus.http.port", "8780")
                                + " is in use; choose another one, or 0 for any free one",
                        ExitCode.UNAVAILABLE);
            }
        }
        if (failure != null) {
            System.err.println("filejob: internal error, please report it:");
            failure.printStackTrace(System.err);
        }
        System.exit(exitStatus);
    }

    private static void refuse(String message, ExitCode code) {
        System.err.println("filejob: " + message);
        System.exit(code.number());
    }
}
