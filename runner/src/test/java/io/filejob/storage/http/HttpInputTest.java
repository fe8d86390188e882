package io.filejob.storage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.plan.InputFile;
import io.filejob.storage.Storage;
import io.filejob.storage.TestSpec;
import io.filejob.storage.compression.SourceStream;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.http.PageServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages as input. */
final class HttpInputTest {
    private final Storage storage = new Storage(Path.of("/"));
    private final byte[] content = new byte[1_000_000];
    private PageServer server;

    @BeforeEach
    void start() throws IOException {
        new Random(3).nextBytes(content);
        server = new PageServer();
        server.put("page", content);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aPageIsPinnedByItsBeginningAndReadInRanges() throws IOException {
        InputFile file = pin("page");
        assertThat(file).isEqualTo(new InputFile(server.uri("page"), content.length, "\"one\""));
        assertThat(file.isSplittable()).isTrue();
        assertThat(server.ranges()).containsExactly("bytes=0-0", "bytes=0-511");
        assertThat(all(file)).isEqualTo(content);
    }

    @Test
    void whatIsNotExpectedIsHardlyFetched() throws IOException {
        InputFile file = pin("page");
        try (ByteSource source = storage.open(file)) {
            source.expect(500_000, 600_000);
            byte[] some = new byte[200_000];
            int read = 0;
            while (read < 100_000) {
                read += source.read(500_000 + read, some, read, 100_000 - read);
            }
            assertThat(Arrays.copyOf(some, 100_000)).isEqualTo(Arrays.copyOfRange(content, 500_000, 600_000));
        }
        assertThat(server.ranges()).containsExactly("bytes=0-0", "bytes=0-511", "bytes=500000-599999");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerWithoutRangesIsReadFromBeginningToEnd(boolean sized) throws IOException {
        server.ranged = false;
        server.sized = sized;
        InputFile file = pin("page");
        assertThat(file.size()).isEqualTo(sized ? content.length : 1);
        assertThat(file.isSplittable()).isFalse();
        try (ByteSource source = storage.open(file)) {
            assertThat(source.size()).isEqualTo(ByteSource.UNKNOWN);
        }
        assertThat(all(file)).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerThatFailsOrBreaksOffIsAskedAgain(boolean ranged) throws IOException {
        server.ranged = ranged;
        server.fail(2);
        InputFile file = pin("page");
        server.fail(1);
        server.breakOff(2);
        assertThat(all(file)).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerThatKeepsFailingIsUnavailable(boolean ranged) {
        server.ranged = ranged;
        InputFile file = pin("page");
        server.fail(100);
        assertFails(() -> all(file), ExitCode.UNAVAILABLE, server.uri("page"), "503");
        assertFails(() -> pin("page"), ExitCode.UNAVAILABLE, server.uri("page"), "503");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPageThatHasChangedIsNotRead(boolean ranged) {
        server.ranged = ranged;
        InputFile file = pin("page");
        server.tag = "\"two\"";
        assertFails(() -> all(file), ExitCode.BAD_INPUT, "InputChanged: " + server.uri("page"));
    }

    @Test
    void aPageThatChangesItsLengthIsNotReadEvenIfItsServerTellsNoVersion() {
        server.tag = null;
        InputFile file = pin("page");
        server.put("page", Arrays.copyOf(content, 999_999));
        assertFails(() -> all(file), ExitCode.BAD_INPUT, "InputChanged: " + server.uri("page"));
    }

    @Test
    void redirectsAreFollowedAndTheNameStays() throws IOException {
        InputFile file = pin("moved/page");
        assertThat(file.name()).isEqualTo(server.uri("moved/page"));
        assertThat(all(file)).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest",
                "http://10.1.2.3:8080/",
                "//192.168.0.1/x",
                "http://[fd00::1]/",
                "http://[::ffff:10.0.0.1]/",
                "http://0.0.0.0:8080/"
            })
    void aRedirectToAPrivateAddressIsNotFollowed(String target) {
        server.elsewhere = target;
        assertFails(
                () -> pin("elsewhere"),
                ExitCode.NO_INPUT,
                server.uri("elsewhere"),
                "AddressRefused",
                "spec.network.allowPrivate");
    }

    @Test
    void aRedirectToAnotherSchemeOrPortIsNotFollowed() {
        server.elsewhere = "ftp://shop.example/x";
        assertFails(() -> pin("elsewhere"), ExitCode.NO_INPUT, "ftp://shop.example/x");
        server.elsewhere = "http://127.0.0.1:22/";
        assertFails(() -> pin("elsewhere"), ExitCode.NO_INPUT, "AddressRefused", "port 22");
    }

    @Test
    void threeRedirectsAreFollowedAndNoFourth() {
        assertThat(pin("moved/moved/moved/page").size()).isEqualTo(content.length);
        assertFails(() -> pin("moved/moved/moved/moved/page"), ExitCode.NO_INPUT, "more than 3 redirects");
    }

    @Test
    void hostsThatAreNotListedAreNotAsked() {
        TestSpec spec = new TestSpec("{files: [\"" + server.uri("page") + "\"]}");
        try (Storage restricted = Storage.of(
                spec.spec(", network: {allowHosts: [shop.example]}"), Path.of("/"), Secrets.NONE, Mounts.NONE)) {
            assertFails(
                    () -> restricted.list(List.of(server.uri("page"))),
                    ExitCode.NO_INPUT,
                    "AddressRefused",
                    "spec.network.allowHosts");
        }
        assertThat(server.ranges()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPageThatIsPackedOnTheWayIsRefusedByName(boolean ranged) {
        server.ranged = ranged;
        server.encoding = "gzip";
        assertFails(() -> pin("page"), ExitCode.NO_INPUT, server.uri("page"), "Content-Encoding: gzip");
        server.encoding = "br";
        assertFails(() -> pin("page"), ExitCode.NO_INPUT, server.uri("page"), "Content-Encoding: br");
        server.encoding = "identity";
        assertThat(pin("page").size()).isEqualTo(content.length);
        server.encoding = "x-gzip";
        server.put("page.gz", content);
        assertThat(pin("page.gz").size()).isEqualTo(content.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {500_000, 999_999, 1_000_001})
    void aPageWithoutRangesThatHasAnotherLengthThanPlannedIsRefused(int length) {
        server.ranged = false;
        server.tag = null;
        InputFile file = pin("page");
        server.put("page", Arrays.copyOf(content, length));
        assertFails(() -> all(file), ExitCode.BAD_INPUT, "InputChanged: " + server.uri("page"), "" + length);
        server.sized = false;
        assertFails(() -> all(file), ExitCode.BAD_INPUT, "InputChanged: " + server.uri("page"), "" + length);
    }

    @Test
    void anEmptyPageIsAnEmptyFile() throws IOException {
        server.put("empty", new byte[0]);
        assertThat(pin("empty").size()).isZero();
        assertThat(all(pin("empty"))).isEmpty();
        server.ranged = false;
        assertThat(pin("empty").size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"401, 77", "403, 77", "404, 66", "410, 66", "400, 66"})
    void aRefusalIsNotTriedAgain(int status, int exit) {
        assertFails(() -> pin("status/" + status), ExitCode.of(exit), server.uri("status/" + status), "" + status);
    }

    @Test
    void nobodyThereIsUnavailable() {
        String uri = server.uri("page");
        server.close();
        assertFails(() -> storage.list(List.of(uri)), ExitCode.UNAVAILABLE, uri);
    }

    private InputFile pin(String name) {
        return storage.list(List.of(server.uri(name))).getFirst();
    }

    private byte[] all(InputFile file) throws IOException {
        try (ByteSource source = storage.open(file)) {
            source.expect(0, Long.MAX_VALUE);
            return new SourceStream(source).readAllBytes();
        }
    }

    private static void assertFails(ThrowingCallable call, ExitCode code, String... parts) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(code))
                .hasMessageContainingAll(parts);
    }
}
