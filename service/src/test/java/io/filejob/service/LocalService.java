package io.filejob.service;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Starts the service of a test on an empty data folder. */
public final class LocalService implements QuarkusTestResourceLifecycleManager {
    /** The secret of its callers. */
    public static final String TOKEN = "a-token-for-tests";

    /** The maximum size of an upload in bytes. */
    public static final long MAX_UPLOAD = 64 << 20;

    private Map<String, String> others = Map.of();

    /** Takes settings that a test class gives, which win over those of other tests. */
    @Override
    public void init(Map<String, String> settings) {
        others = settings;
    }

    @Override
    public Map<String, String> start() {
        try {
            Path data = Files.createTempDirectory("filejob-service-");
            Map<String, String> settings = new HashMap<>(Map.of(
                    "filejob.service.local.data",
                    data.toString(),
                    "filejob.service.local.token",
                    TOKEN,
                    "filejob.service.max-upload-bytes",
                    Long.toString(MAX_UPLOAD),
                    "filejob.service.requests-at-once",
                    "1000000",
                    "filejob.service.events.heartbeat",
                    "PT1S"));
            settings.putAll(others);
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {}
}
