package io.filejob.service;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Starts the service of a test on an empty data folder. */
public final class LocalService implements QuarkusTestResourceLifecycleManager {
    /** The secret of its callers. */
    public static final String TOKEN = "a-token-for-tests";

    /** The maximum size of an upload in bytes. */
    public static final long MAX_UPLOAD = 64 << 20;

    @Override
    public Map<String, String> start() {
        try {
            Path data = Files.createTempDirectory("filejob-service-");
            return Map.of(
                    "filejob.service.local.data",
                    data.toString(),
                    "filejob.service.local.token",
                    TOKEN,
                    "filejob.service.max-upload-bytes",
                    Long.toString(MAX_UPLOAD),
                    "filejob.service.requests-at-once",
                    "1000000",
                    "filejob.service.events.heartbeat",
                    "PT1S");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {}
}
