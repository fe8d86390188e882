package io.filejob.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.Folder;
import io.filejob.file.PendingFile;
import io.filejob.plan.InputFile;
import io.filejob.storage.compression.SourceStream;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service with wrong listings or contents is refused by name. */
@Timeout(180)
final class HostileS3Test {
    private static final byte[] CONTENT = "price\n1\n2\n3\n".getBytes(UTF_8);
    private static final String GOOD = "<Contents><Key>in/a</Key><Size>12</Size><ETag>\"e\"</ETag></Contents>";

    @TempDir
    private Path folder;

    private HttpServer server;
    private Storage storage;
    private volatile String listing = "<ListBucketResult>" + GOOD + "</ListBucketResult>";
    /** Listings that are sent before {@link #listing}. */
    private final Queue<String> earlier = new ConcurrentLinkedQueue<>();

    private volatile int listingStatus = 200;
    private volatile int status = 206;
    private volatile String range = "bytes 0-11/12";
    private volatile String tag = "";
    private volatile String begun = "<r><UploadId>u</UploadId></r>";
    private volatile String ended = "<r><ETag>e</ETag></r>";
    private final AtomicInteger requests = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Path secret = Files.writeString(folder.resolve("s3.env"), "AWS_ACCESS_KEY_ID=a\nAWS_SECRET_ACCESS_KEY=b\n");
        storage = Storage.of(
                new TestSpec("{files: [\"s3://bucket/in/\"]}")
                        .spec(", s3: {endpoint: \"http://127.0.0.1:"
                                + server.getAddress().getPort()
                                + "\", pathStyle: true, credentialsSecret: {name: s3}}"),
                folder,
                Secrets.of(List.of("s3=" + secret)),
                Mounts.NONE);
    }

    @AfterEach
    void stop() {
        storage.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            boolean isListing = query.contains("list-type");
            boolean isGet = exchange.getRequestMethod().equals("GET");
            byte[] body = isListing
                    ? Objects.requireNonNullElse(earlier.poll(), listing)
                            .replace("NUMBER", "" + requests.incrementAndGet())
                            .getBytes(UTF_8)
                    : isGet ? CONTENT : (query.equals("uploads") ? begun : ended).getBytes(UTF_8);
            if (!isListing && isGet && !range.isEmpty()) {
                exchange.getResponseHeaders().add("Content-Range", range);
            }
            if (!tag.isEmpty()) {
                exchange.getResponseHeaders().add("ETag", tag);
            }
            boolean isMissing = exchange.getRequestMethod().equals("HEAD");
            int code = isMissing ? 404 : isListing ? listingStatus : isGet ? status : 200;
            boolean isEmpty = isMissing || code == 204;
            exchange.sendResponseHeaders(code, isEmpty ? -1 : body.length);
            if (!isEmpty) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Test
    void anHonestServiceIsRead() throws IOException {
        assertThat(read()).isEqualTo(CONTENT);
        status = 200;
        range = "";
        assertThat(read()).isEqualTo(CONTENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Contents><Key>x</Key><Size>12</Size><ETag>e</ETag></Contents>",
                "<Contents><Key>../in/a</Key><Size>12</Size><ETag>e</ETag></Contents>",
                "<Contents><Key>in/a</Key><ETag>e</ETag></Contents>",
                "<Contents><Key>in/a</Key><Size>-1</Size><ETag>e</ETag></Contents>",
                "<Contents><Key>in/a</Key><Size>12</Size></Contents>",
                "<Contents><Size>12</Size><ETag>e</ETag></Contents>",
                GOOD + "<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>",
                GOOD + "<IsTruncated>true</IsTruncated><NextContinuationToken/>",
                GOOD + "<IsTruncated>true</IsTruncated>",
                "<IsTruncated>true</IsTruncated><NextContinuationToken>NUMBER</NextContinuationToken>"
            })
    void aListingThatCannotBeTrueIsRefused(String content) {
        listing = "<ListBucketResult>" + content + "</ListBucketResult>";
        for (String entry : List.of("s3://bucket/in/", "s3://bucket/in/*", "s3://bucket/in/**")) {
            assertThatThrownBy(() -> storage.list(List.of(entry)))
                    .isInstanceOfSatisfying(JobFailedException.class, e -> assertThat(e.exitCode())
                            .isEqualTo(ExitCode.NO_INPUT))
                    .hasMessageContainingAll("s3://bucket/in/", "cannot be listed");
        }
    }

    /** Some services list an object under a temporary name, and without an ETag, until it is complete. */
    @Test
    void anObjectThatIsBeingWrittenIsAwaited() {
        String writing = "<ListBucketResult>" + GOOD
                + "<Contents><Key>in/b-temporary</Key><Size>3</Size></Contents></ListBucketResult>";
        earlier.addAll(List.of(writing, writing));
        assertThat(storage.folder("s3://bucket/in").list())
                .extracting(Folder.Entry::name)
                .containsExactly("a");
        earlier.addAll(List.of(writing, writing));
        assertThat(storage.list(List.of("s3://bucket/in/")))
                .extracting(InputFile::name)
                .containsExactly("s3://bucket/in/a");
        assertThat(earlier).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 <Error/>", "200 <ListBucketResult/>", "202 <a/>", "204 ", "204 <Error/>"})
    void aResponseThatIsNoListingIsNoEmptyFolder(String response) {
        listingStatus = Integer.parseInt(response.substring(0, 3));
        listing = response.substring(4);
        Folder store = storage.folder("s3://bucket/in");
        for (ThrowingCallable listed :
                List.<ThrowingCallable>of(() -> storage.list(List.of("s3://bucket/in/")), store::list, store::clear)) {
            assertThatThrownBy(listed)
                    .isInstanceOf(JobFailedException.class)
                    .hasMessageContainingAll("s3://bucket/in/", "cannot be listed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Contents><Key>x</Key><Size>12</Size><ETag>e</ETag></Contents>",
                "<Contents><Size>12</Size><ETag>e</ETag></Contents>",
                "<Contents><Key>in/a</Key><ETag>e</ETag></Contents>",
                GOOD + "<IsTruncated>true</IsTruncated>"
            })
    void soIsThatOfAFolder(String content) {
        listing = "<ListBucketResult>" + content + "</ListBucketResult>";
        Folder store = storage.folder("s3://bucket/in");
        for (ThrowingCallable listed :
                List.<ThrowingCallable>of(store::list, store::clear, () -> store.findName("", _ -> true))) {
            assertThatThrownBy(listed)
                    .isInstanceOfSatisfying(JobFailedException.class, e -> assertThat(e.exitCode())
                            .isEqualTo(ExitCode.STORE_LOST))
                    .hasMessageContainingAll("s3://bucket/in/", "cannot be listed");
        }
    }

    @Test
    void anObjectInASubfolderThatWasNotRequestedIsNotRead() {
        listing = "<ListBucketResult>" + GOOD + GOOD.replace("in/a", "in/b/c") + "</ListBucketResult>";
        assertThat(storage.list(List.of("s3://bucket/in/"))).hasSize(1);
        assertThat(storage.folder("s3://bucket/in/").list()).hasSize(1);
        assertThat(storage.list(List.of("s3://bucket/in/**"))).hasSize(2);
    }

    /** The service ignores the condition of the request. */
    @Test
    void anotherVersionThanThePlannedOneIsRefused() throws IOException {
        tag = "e";
        assertThat(read()).isEqualTo(CONTENT);
        tag = "\"f\"";
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT))
                .hasMessageContainingAll("s3://bucket/in/a", "changed since the job was planned");
    }

    @Test
    void anETagThatNoRequestCanContainIsRefused() {
        listing = listing.replace("\"e\"", "e&#10;f");
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessageContainingAll("s3://bucket/in/a", "the response of the service cannot be used");
    }

    /** Without its ID, parts would be taken for whole objects; without an ETag, the end of an upload may have failed. */
    @ParameterizedTest
    @CsvSource({"<r/>, <r><ETag>e</ETag></r>", "<r><UploadId>u</UploadId></r>, <r/>"})
    void anUploadWithIncompleteResponsesIsRefused(String first, String last) {
        begun = first;
        ended = last;
        tag = "e";
        byte[] content = new byte[100_000];
        assertThatThrownBy(() -> {
                    try (PendingFile file = storage.folder("s3://bucket/out").create("name", "writer")) {
                        file.write(content, 0, content.length);
                        file.finish();
                        file.commit();
                    }
                })
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("s3://bucket/out/name cannot be written");
    }

    @Test
    void anObjectThatIsListedTwiceIsReadOnce() {
        listing = "<ListBucketResult>" + GOOD + GOOD + "</ListBucketResult>";
        assertThat(storage.list(List.of("s3://bucket/in/"))).hasSize(1);
    }

    /** The service ignores the range, sends another one, or one of an object with another size. */
    @ParameterizedTest
    @CsvSource({"206, bytes 1-12/12", "206, bytes 0-11/13", "206, bytes */12"})
    void aRangeThatWasNotRequestedIsRefused(int code, String header) {
        status = code;
        range = header;
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_INPUT))
                .hasMessageContainingAll("s3://bucket/in/a", "another range");
    }

    @Test
    void theWholeObjectInsteadOfALaterRangeIsRefused() throws IOException {
        InputFile file = storage.list(List.of("s3://bucket/in/")).getFirst();
        status = 200;
        range = "";
        try (ByteSource source = storage.open(file)) {
            assertThatThrownBy(() -> source.read(6, new byte[6], 0, 6))
                    .isInstanceOf(JobFailedException.class)
                    .hasMessageContaining("another range");
        }
    }

    private byte[] read() throws IOException {
        try (ByteSource source =
                storage.open(storage.list(List.of("s3://bucket/in/")).getFirst())) {
            source.expect(0, Long.MAX_VALUE);
            return new SourceStream(source).readAllBytes();
        }
    }
}
