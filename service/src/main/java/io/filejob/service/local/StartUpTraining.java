package io.filejob.service.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Requests to this service itself, so that the start-up cache of the JVM holds the classes that the first ones need. */
public final class StartUpTraining {
    private static final List<String> PATHS = List.of(
            "/", "/jobs", "/jobs/new", "/api/v1/jobs", "/api/v1/jobs/none", "/q/openapi", "/q/health", "/api/docs/");
    private static final String INVALID_JOB = """
            {"apiVersion": "filejob.io/v1alpha1", "kind": "FileJob", "metadata": {"name": "trained"},\
             "spec": {"input": {"generate": {"files": 1}}, "operation": {"average": {}}}}""";

    private StartUpTraining() {}

    /** Sends the requests to {@code port}, and returns the exit status of the training. */
    public static int run(int port, String token) {
        try {
            for (String path : PATHS) {
                send(port, "GET " + path, token, "");
            }
            send(port, "POST /api/v1/jobs", token, INVALID_JOB);
            return 0;
        } catch (IOException e) {
            System.err.println("filejob: the start-up cache cannot be trained: " + e.getMessage());
            return 1;
        }
    }

    private static void send(int port, String request, String token, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String head = request + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n"
                    + "Authorization: Bearer " + token + "\r\nAccept: */*\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + content.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(content);
            socket.getOutputStream().flush();
            socket.getInputStream().readAllBytes();
        }
    }
}
