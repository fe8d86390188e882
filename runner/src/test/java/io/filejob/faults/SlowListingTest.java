package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A listing that waits for a service reports this, and ends at once when it is interrupted. */
@Timeout(180)
final class SlowListingTest {
    @RegisterExtension
    final Workbench bench = new Workbench();

    private final List<Socket> accepted = new CopyOnWriteArrayList<>();
    private ServerSocket server;

    /** Accepts connections and never responds. */
    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    accepted.add(server.accept());
                }
            } catch (IOException e) {
                // The test is over.
                return;
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        for (Socket socket : new ArrayList<>(accepted)) {
            socket.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"http, TERM, 143", "s3, TERM, 143", "s3, INT, 130"})
    void itEndsAtASignal(String scheme, String signal, int status) throws IOException {
        String url = "http://127.0.0.1:" + server.getLocalPort();
        String spec = scheme.equals("http")
                ? Manifests.csv(url + "/a.csv", "100")
                : Manifests.csv("s3://bucket/**/*.csv", "100") + ", s3: {endpoint: '" + url + "', pathStyle: true}";
        Path manifest = bench.manifest("job.yaml", spec);
        FilejobProcess run = bench.start(
                new Workbench.How().environment(Map.of("AWS_ACCESS_KEY_ID", "key", "AWS_SECRET_ACCESS_KEY", "secret")),
                "run",
                manifest);
        Moments.until("a request waits", () -> !accepted.isEmpty());
        Moments.until("it says so", () -> text("err-0").contains("listing input "));
        run.signal(signal);
        FilejobProcess.End end = run.end().with(status);
        assertThat(end.err()).contains("0 files so far, at ").doesNotContain("not everything could be cleaned up");
        bench.assertNoScratch();
    }

    private String text(String name) {
        try {
            return Files.readString(bench.path(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
