package io.filejob.storage.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.storage.http.HostGuard;
import io.filejob.storage.http.WebClient;
import io.filejob.storage.http.WebLimits;
import io.filejob.testing.fuzz.FuzzRun;
import io.filejob.testing.http.HostileServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file is fetched as it is, or refused for a reason, whatever its server sends. */
@Timeout(900)
final class FetchFuzzTest {
    private static final Set<FetchProblem> POSSIBLE = Set.of(
            FetchProblem.NOT_FOUND,
            FetchProblem.FORBIDDEN,
            FetchProblem.TIMED_OUT,
            FetchProblem.UNAVAILABLE,
            FetchProblem.BAD_RESPONSE,
            FetchProblem.TOO_LARGE,
            FetchProblem.INVALID_URL,
            FetchProblem.ADDRESS_REFUSED,
            FetchProblem.NAME_NOT_FOUND,
            FetchProblem.TOO_MANY_REDIRECTS);

    /** The limits of a request, low enough for a test to reach them. */
    private static final WebLimits WAITS =
            new WebLimits(Duration.ofMinutes(2), Duration.ofMillis(200), Duration.ofMillis(200), 60 << 10, 1 << 20);

    @TempDir
    private Path folder;

    @Test
    void responses() throws Exception {
        FuzzRun.repeat("fetch", this::check);
    }

    private void check(SplittableRandom random) throws Exception {
        byte[] file = "x".repeat(random.nextInt(TestTime.MAX_BYTES)).concat("y").getBytes(US_ASCII);
        Path target = folder.resolve("target");
        try (HostileServer server = new HostileServer(file, false, random.split());
                WebClient client = new WebClient(HostGuard.local(null), WAITS)) {
            try {
                long size = new TestTime().fetches(client).fetch(BrowserUrl.parse(server.uri()), target);
                assertThat(size).isEqualTo(file.length);
                assertThat(target).hasBinaryContent(file);
            } catch (FetchException e) {
                assertThat(e.problem()).isIn(POSSIBLE);
            }
        }
    }
}
