package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A listing that does not fit the heap is refused with the input's name before memory runs out. */
@Timeout(180)
final class HugeListingTest {
    private static final int PAGE = 1000;

    @RegisterExtension
    final Workbench bench = new Workbench();

    private FilejobProcess.End run(String heap, String spec) {
        return bench.start(
                        new Workbench.How()
                                .jvm(heap)
                                .environment(Map.of("AWS_ACCESS_KEY_ID", "key", "AWS_SECRET_ACCESS_KEY", "secret")),
                        "run",
                        bench.manifest("job.yaml", spec))
                .end();
    }

    private static void assertRefused(FilejobProcess.End end, String input) {
        assertThat(end.with(78).err())
                .contains("TooManyFiles: input " + input + " gives more than ")
                .contains("name fewer files, or put them together into larger ones")
                .doesNotContain("OutOfMemory");
    }

    @ParameterizedTest
    @CsvSource({"files, -Xmx48m, 25000, 8", "long names, -Xmx48m, 12000, 180", "long names, -Xmx64m, 16000, 240"})
    void aFolderIs(String what, String heap, int files, int nameLength) throws IOException {
        Path folder = Files.createDirectory(bench.path("in"));
        for (int i = 0; i < files; i++) {
            Files.createFile(folder.resolve(String.format("%0" + nameLength + "d", i)));
        }
        assertRefused(run(heap, Manifests.csv("in", "100")), "in");
        assertRefused(run(heap, Manifests.csv("**/*", "100")), "**/*");
        bench.assertNoScratch();
    }

    @ParameterizedTest
    @CsvSource({"**, -Xmx48m, 8, a", "**, -Xmx64m, 900, a", "'', -Xmx64m, 300, 木"})
    void aBucketThatGivesPagesWithoutEndIs(String pattern, String heap, int keyLength, String filler)
            throws IOException {
        AtomicInteger pages = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            int page = pages.getAndIncrement();
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < PAGE; i++) {
                int number = page * PAGE + i;
                text.append("<Contents><Key>")
                        .append(filler.repeat(keyLength))
                        .append(String.format(Locale.ROOT, "%09d", number))
                        .append("</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>&quot;")
                        .append(String.format(Locale.ROOT, "%032x", number))
                        .append("&quot;</ETag><Size>1</Size><StorageClass>STANDARD</StorageClass></Contents>");
            }
            respond(exchange, String.format(Locale.ROOT, """
                    <?xml version="1.0" encoding="UTF-8"?>
                    <ListBucketResult><Name>bucket</Name><Prefix></Prefix><KeyCount>%d</KeyCount><MaxKeys>%d</MaxKeys>
                    <IsTruncated>true</IsTruncated><NextContinuationToken>%d</NextContinuationToken>%s</ListBucketResult>
                    """, PAGE, PAGE, page + 1, text));
        });
        server.start();
        try {
            String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
            String input = "s3://bucket/" + pattern;
            assertRefused(
                    run(heap, Manifests.csv(input, "100") + ", s3: {endpoint: '" + endpoint + "', pathStyle: true}"),
                    input);
            assertThat(pages).as("pages").hasValueGreaterThan(1);
        } finally {
            server.stop(0);
        }
        bench.assertNoScratch();
    }

    private static void respond(HttpExchange exchange, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Just below the limit all files are listed, planned and read. */
    @Test
    void aListingBelowTheLimitFitsTheHeap() throws IOException {
        Path folder = Files.createDirectory(bench.path("in"));
        for (int i = 0; i < 14_000; i++) {
            Files.writeString(folder.resolve(String.format(Locale.ROOT, "%08d.csv", i)), "price\n1\n");
        }
        FilejobProcess.End end = bench.start(
                        new Workbench.How().jvm("-Xmx48m"),
                        "run",
                        "-q",
                        "-o",
                        "json",
                        bench.manifest("job.yaml", Manifests.csv("in", "10000") + ", memory: 16Mi"))
                .end()
                .with(0);
        assertThat(end.json().at("/status/rows/used").asLong()).isEqualTo(14_000);
    }
}
