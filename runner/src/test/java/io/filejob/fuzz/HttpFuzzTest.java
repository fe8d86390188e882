package io.filejob.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.plan.InputFile;
import io.filejob.storage.ShortWaits;
import io.filejob.storage.Storage;
import io.filejob.storage.compression.SourceStream;
import io.filejob.testing.fuzz.FuzzRun;
import io.filejob.testing.http.HostileServer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A page is read as it is, or refused by its name, whatever its server sends. */
@Timeout(900)
final class HttpFuzzTest {
    @Test
    void responses() throws Exception {
        FuzzRun.repeat("http", HttpFuzzTest::check);
    }

    private static void check(SplittableRandom random) throws Exception {
        byte[] page =
                "price\n".concat("12345\n".repeat(1 + random.nextInt(50_000))).getBytes(US_ASCII);
        try (HostileServer server = new HostileServer(page, random.nextBoolean(), random.split());
                Storage storage = ShortWaits.storage()) {
            try {
                InputFile file = storage.list(List.of(server.uri())).getFirst();
                try (ByteSource source = storage.open(file)) {
                    source.expect(0, Long.MAX_VALUE);
                    assertThat(new SourceStream(source).readAllBytes()).isEqualTo(page);
                }
            } catch (JobFailedException e) {
                assertThat(e.exitCode())
                        .isIn(
                                ExitCode.NO_INPUT,
                                ExitCode.BAD_INPUT,
                                ExitCode.UNAVAILABLE,
                                ExitCode.CREDENTIALS_REFUSED);
                assertThat(e).hasMessageContaining(server.uri());
            }
        }
    }
}
