package io.filejob.storage;

import java.nio.file.Path;
import java.time.Duration;

/** Access to locations with waits for servers that are so short that a test can exceed them. */
public final class ShortWaits {
    static final WebLimits WEB =
            new WebLimits(Duration.ofMinutes(2), Duration.ofMillis(200), Duration.ofMillis(200), 60 << 10);

    private ShortWaits() {}

    /** Returns access to files and pages. */
    public static Storage storage() {
        Storage places = new Storage(Path.of("/"));
        places.limit(WEB);
        return places;
    }
}
