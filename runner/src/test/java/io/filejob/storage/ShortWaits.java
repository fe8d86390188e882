package io.filejob.storage;

import io.filejob.storage.http.WebLimits;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import io.filejob.storage.s3.S3Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Access to locations with limits on servers that are so low that a test can exceed them. */
public final class ShortWaits {
    static final WebLimits WEB =
            new WebLimits(Duration.ofMinutes(2), Duration.ofMillis(200), Duration.ofMillis(200), 60 << 10, 8 << 20);

    /** The same limit on the length of a page, with time enough for a server on a busy machine. */
    private static final WebLimits SHORT_PAGES = new WebLimits(
            Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofMinutes(2), 60 << 10, WEB.pageBytes());

    private ShortWaits() {}

    /** Returns access to files and pages. */
    public static Storage storage() {
        return storage(WEB);
    }

    /** Returns access to files and pages with a low limit on the length of pages only. */
    static Storage ofShortPages() {
        return storage(SHORT_PAGES);
    }

    private static Storage storage(WebLimits limits) {
        Storage storage = new Storage(Path.of("/"));
        storage.limit(limits, S3Limits.DEFAULT);
        return storage;
    }

    /**
     * Returns access to the service at {@code endpoint}, with the file {@code credentials} as its Secret; one attempt
     * takes at most {@code attempt}.
     */
    public static Storage storage(String endpoint, Path credentials, Duration attempt) {
        String s3 = ", s3: {endpoint: \"" + endpoint + "\", pathStyle: true, credentialsSecret: {name: s3}}";
        Storage storage = Storage.of(
                new TestSpec("{files: [\"s3://bucket/in/\"]}").spec(s3),
                Path.of("/"),
                Secrets.of(List.of("s3=" + credentials)),
                Mounts.NONE);
        storage.limit(WEB, new S3Limits(attempt, attempt, attempt.multipliedBy(5), Duration.ofMillis(1)));
        return storage;
    }
}
