package io.filejob.service.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.service.LocalService;
import io.filejob.service.ServiceClient;
import io.filejob.value.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LocalService.class)
class EventsTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int CLIENTS = 1000;
    private static final String SMALL = """
            apiVersion: filejob.io/v1alpha1
            kind: FileJob
            metadata: {name: events}
            spec:
              input: {generate: {files: 10, entriesPerFile: 100}}
              operation: {average: {}}
            """;
    /** It ends only when it is cancelled. */
    private static final String LONG =
            SMALL.replace("entriesPerFile: 100", "entriesPerFile: 1000000000").replace("events", "long");

    @TestHTTPResource("/")
    URI service;

    private ServiceClient client;

    @BeforeEach
    void connect() {
        client = new ServiceClient(service);
    }

    @Test
    void aStreamHasTheChangesOfAJobAndEndsWithIt() throws IOException {
        String job = create(SMALL);
        List<String> lines;
        try (Stream stream = new Stream(job, "")) {
            lines = stream.lines();
        }
        assertThat(lines).contains("event: job");
        String last = lines.stream()
                .filter(line -> line.startsWith("data: "))
                .reduce((first, second) -> second)
                .orElseThrow()
                .substring("data: ".length());
        JsonNode ended = Json.parse(last).orElseThrow();
        assertThat(ended.at("/status/phase").asText()).isEqualTo("Complete");
        String id = lines.stream()
                .filter(line -> line.startsWith("id: "))
                .reduce((first, second) -> second)
                .orElseThrow()
                .substring("id: ".length());
        assertThat(id).isEqualTo(ended.at("/metadata/resourceVersion").asText());

        // A browser connects again with the last id; it must not do so for ever.
        HttpResponse<String> again = client.get(job + "/events", "Last-Event-ID", id);
        assertThat(again.statusCode()).isEqualTo(204);
        HttpResponse<String> other = client.get(job + "/events", "Last-Event-ID", "other");
        assertThat(other.body()).contains("id: " + id + "\n");
    }

    @Test
    void aThousandClientsNeedNoThousandThreads() throws IOException {
        String job = create(LONG);
        await().atMost(LIMIT).until(() -> phase(job).equals("Running"));
        int before = ManagementFactory.getThreadMXBean().getThreadCount();
        List<Stream> streams = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                streams.add(new Stream(job, ""));
            }
            for (Stream stream : streams) {
                stream.awaitEvent();
            }
            assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(before + 100);
            assertThat(client.send("POST", job + "/cancel").statusCode()).isEqualTo(202);
            for (Stream stream : streams) {
                assertThat(stream.lines().stream()
                                .filter(line -> line.startsWith("data: "))
                                .reduce((first, second) -> second)
                                .orElseThrow())
                        .contains("\"phase\":\"Failed\"");
            }
        } finally {
            for (Stream stream : streams) {
                stream.close();
            }
        }
    }

    @Test
    void aQuietStreamHasCommentsThatShowThatItWorks() throws IOException {
        String job = create(LONG);
        try (Stream stream = new Stream(job, "")) {
            for (int comments = 0; comments < 3; ) {
                comments += stream.line().startsWith(":") ? 1 : 0;
            }
        }
        client.send("DELETE", job);
    }

    private String create(String manifest) {
        HttpResponse<String> created =
                client.send("POST", "/api/v1/jobs", manifest, "Content-Type", "application/yaml");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(202);
        return created.headers().firstValue("Location").orElseThrow();
    }

    private String phase(String job) {
        return Json.parse(client.send("GET", job).body())
                .orElseThrow()
                .at("/status/phase")
                .asText();
    }

    /** An open stream of events. */
    private final class Stream implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader reader;
        private final List<String> read = new ArrayList<>();

        Stream(String job, String header) throws IOException {
            socket = new Socket(service.getHost(), service.getPort());
            socket.getOutputStream()
                    .write(("GET " + job + "/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                    + LocalService.TOKEN + "\r\n" + header + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        String line() throws IOException {
            String line = reader.readLine();
            assertThat(line).as("end of the stream after %s", read).isNotNull();
            read.add(line);
            return line;
        }

        void awaitEvent() throws IOException {
            while (!line().startsWith("data: ")) {}
        }

        List<String> lines() {
            reader.lines().forEach(read::add);
            return read;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
