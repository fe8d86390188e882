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

    @Override
    public Map<String, String> start() {
        try {
            Path data = Files.createTempDirectory("filejob-service-");
            return Map.of("filejob.service.local.data", data.toString(), "filejob.service.local.token", TOKEN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {}
}
