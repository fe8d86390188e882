package io.filejob.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.PendingFile;
import io.filejob.file.Target;
import io.filejob.storage.local.Mounts;
import io.filejob.testing.s3.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An upload in parts without a response to the last request. */
@Timeout(180)
final class LostResponseTest {
    private static final int LARGE = (8 << 20) + 12345;

    @TempDir
    private Path folder;

    private S3Server server;
    private LosingRelay relay;
    private Storage storage;

    @BeforeEach
    void start() throws IOException {
        server = new S3Server(folder);
        server.bucket("things");
        relay = new LosingRelay(URI.create(server.endpoint()).getPort());
        String s3 = server.yaml().replace(server.endpoint(), "http://127.0.0.1:" + relay.port());
        storage = Storage.of(
                new TestSpec("{files: [\"s3://bucket/key\"]}").spec(", " + s3),
                folder,
                S3Access.secrets(server),
                Mounts.NONE);
    }

    @AfterEach
    void stop() {
        storage.close();
        relay.close();
        server.close();
    }

    @Test
    void anObjectThatIsThereIsKept() {
        byte[] content = new byte[LARGE];
        new Random(1).nextBytes(content);
        Target target = storage.target("s3://things/big");
        try (PendingFile file = target.destination().create(target.name(), "attempt")) {
            file.write(content, 0, content.length);
            file.commit();
        }
        assertThat(relay.lost()).isPositive();
        assertThat(server.get("things", "big")).isEqualTo(content);
    }

    @Test
    void anotherObjectOfThatNameIsNotTakenForIt() {
        byte[] content = new byte[LARGE];
        server.put("things", "big", content);
        relay.loseRequests();
        Target target = storage.target("s3://things/big");
        assertThatThrownBy(() -> {
                    try (PendingFile file = target.destination().create(target.name(), "attempt")) {
                        file.write(content, 0, content.length);
                        file.commit();
                    }
                })
                .isInstanceOfSatisfying(JobFailedException.class, failure -> assertThat(failure.exitCode())
                        .isIn(ExitCode.UNAVAILABLE, ExitCode.NO_OUTPUT));
    }

    /** Relays bytes in both directions, except the response to a request that completes an upload. */
    private static final class LosingRelay implements AutoCloseable {
        private final int target;
        private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final AtomicInteger lost = new AtomicInteger();
        private volatile boolean losingRequests;

        LosingRelay(int target) throws IOException {
            this.target = target;
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        Socket client = listening.accept();
                        Thread.ofVirtual().start(() -> relay(client));
                    }
                } catch (IOException e) {
                    // The relay was closed.
                }
            });
        }

        int port() {
            return listening.getLocalPort();
        }

        int lost() {
            return lost.get();
        }

        /** From now on such requests are lost before they reach the server. */
        void loseRequests() {
            losingRequests = true;
        }

        private void relay(Socket client) {
            try (client;
                    Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target)) {
                AtomicInteger losing = new AtomicInteger();
                Thread responses = Thread.ofVirtual().start(() -> {
                    try (client) {
                        pass(upstream.getInputStream(), client.getOutputStream(), losing);
                    } catch (IOException e) {
                        // The other side has closed the connection.
                    }
                });
                InputStream in = client.getInputStream();
                OutputStream out = upstream.getOutputStream();
                byte[] buffer = new byte[1 << 16];
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    String text = new String(buffer, 0, Math.min(count, 2000), StandardCharsets.ISO_8859_1);
                    if (text.startsWith("POST ")
                            && text.lines().findFirst().orElse("").contains("uploadId=")) {
                        losing.set(1);
                        if (losingRequests) {
                            lost.incrementAndGet();
                            return;
                        }
                    }
                    out.write(buffer, 0, count);
                }
                upstream.shutdownOutput();
                responses.join();
            } catch (IOException e) {
                // One side has closed the connection.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void pass(InputStream in, OutputStream out, AtomicInteger losing) throws IOException {
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                String text = new String(buffer, 0, Math.min(count, 2000), StandardCharsets.ISO_8859_1);
                if (losing.get() > 0 && !text.startsWith("HTTP/1.1 100")) {
                    lost.incrementAndGet();
                    return;
                }
                out.write(buffer, 0, count);
            }
        }

        @Override
        public void close() {
            try {
                listening.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
