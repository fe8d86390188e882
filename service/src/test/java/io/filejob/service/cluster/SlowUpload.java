package io.filejob.service.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A request whose body is sent piece by piece, over a connection of its own. */
final class SlowUpload implements AutoCloseable {
    private static final String END = "\r\n";

    private final Socket socket;
    private final OutputStream out;

    /** Sends the beginning of a request; {@code headers} are lines without their ends. */
    SlowUpload(URI service, String request, String token, String... headers) throws IOException {
        socket = new Socket(service.getHost(), service.getPort());
        out = socket.getOutputStream();
        StringBuilder head = new StringBuilder(request).append(" HTTP/1.1").append(END);
        head.append("Host: ").append(service.getAuthority()).append(END);
        head.append("Authorization: Bearer ").append(token).append(END);
        head.append("Transfer-Encoding: chunked").append(END);
        for (String header : headers) {
            head.append(header).append(END);
        }
        write(head.append(END).toString());
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Sends a piece of the body. */
    void send(String piece) throws IOException {
        write(Integer.toHexString(piece.length()) + END + piece + END);
    }

    /** Sends the end of the body. */
    void end() throws IOException {
        write("0" + END + END);
    }

    /** Sends pieces of the body until a response arrives, and returns its first line. */
    String refusal(String piece) throws IOException {
        ClusterFixture.soon().until(() -> {
            send(piece);
            return socket.getInputStream().available() > 0;
        });
        return status();
    }

    /** Returns the first line of the response. */
    String status() throws IOException {
        return String.valueOf(
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                        .readLine());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
