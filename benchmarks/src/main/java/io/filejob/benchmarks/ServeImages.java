package io.filejob.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * {@code ServeImages [FOLDER]}: a web server on loopback that prints its URL and responds to each request with 2 to 20 KiB,
 * which depend on the number in the path, or with the file {@code image-<number>.jpg} of a folder, until its standard input
 * ends. Connections stay open.
 */
public final class ServeImages {
    private static final int MIN_BYTES = 2 << 10;
    private static final int MAX_BYTES = 20 << 10;
    private static final byte[] CONTENT = new byte[MAX_BYTES];

    private ServeImages() {}

    /** Serves. */
    public static void main(String[] args) throws IOException {
        new SplittableRandom(42).nextBytes(CONTENT);
        Path folder = args.length == 0 ? null : Path.of(args[0]);
        try (ServerSocket listening = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress())) {
            System.out.println("http://127.0.0.1:" + listening.getLocalPort() + "/");
            Thread.ofPlatform().daemon().start(() -> accept(listening, folder));
            while (System.in.read() >= 0) {
                // Only the end is of interest.
            }
        }
    }

    private static void accept(ServerSocket listening, @Nullable Path folder) {
        try {
            while (true) {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> serve(socket, folder));
            }
        } catch (IOException e) {
            // The server was closed.
        }
    }

    private static void serve(Socket socket, @Nullable Path folder) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int path = request(in); path >= 0; path = request(in)) {
                byte[] content = folder == null
                        ? Arrays.copyOf(CONTENT, MIN_BYTES + path * 7919 % (MAX_BYTES - MIN_BYTES))
                        : Files.readAllBytes(folder.resolve("image-" + path + ".jpg"));
                byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: " + content.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
                byte[] response = Arrays.copyOf(head, head.length + content.length);
                System.arraycopy(content, 0, response, head.length, content.length);
                socket.getOutputStream().write(response);
            }
        } catch (IOException e) {
            // The client has closed the connection.
        }
    }

    /** Reads the head of a request; returns the number in its first line before the version, or -1 at the end. */
    private static int request(InputStream in) throws IOException {
        int number = 0;
        boolean inPath = true;
        int lineBreaks = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (inPath && b >= '0' && b <= '9') {
                number = number * 10 + b - '0';
            }
            inPath &= b != '.';
            lineBreaks = b == '\n' ? lineBreaks + 1 : b == '\r' ? lineBreaks : 0;
            if (lineBreaks == 2) {
                return number;
            }
        }
        return -1;
    }
}
