package io.filejob.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A web server of one page that gives about every second request a response that is broken, malicious or a lie, each of
 * which a client can recognize. It closes each connection after one response.
 */
final class HostileServer implements AutoCloseable {
    private final byte[] page;
    private final boolean ranged;
    private final SplittableRandom random;
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private int requests;

    HostileServer(byte[] page, boolean ranged, SplittableRandom random) throws IOException {
        this.page = page;
        this.ranged = ranged;
        this.random = random;
        Thread.ofVirtual().start(this::serve);
    }

    String uri() {
        return "http://127.0.0.1:" + listening.getLocalPort() + "/page";
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
                @Nullable String range = null;
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    range = line.startsWith("Range: bytes=") ? line.substring("Range: bytes=".length()) : range;
                }
                socket.getOutputStream().write(response(range));
                socket.shutdownOutput();
            } catch (SocketException e) {
                // The client closed the connection early, or the test is over: the loop decides.
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private byte[] response(@Nullable String range) {
        requests++;
        int from = 0;
        int to = page.length;
        boolean part = false;
        if (ranged && range != null) {
            part = true;
            from = Integer.parseInt(range.substring(0, range.indexOf('-')));
            to = Math.min(page.length, Integer.parseInt(range.substring(range.indexOf('-') + 1)) + 1);
        }
        String status = part ? "206 Partial Content" : "200 OK";
        String content = part ? "Content-Range: bytes " + from + "-" + (to - 1) + "/" + page.length + "\r\n" : "";
        String length = "Content-Length: " + (to - from) + "\r\n";
        String tag = "ETag: \"one\"\r\n";
        String more = "";
        String before = "";
        byte[] body = Arrays.copyOfRange(page, from, to);
        switch (random.nextInt(36)) {
            case 0 -> body = Arrays.copyOf(body, random.nextInt(body.length));
            case 1 -> content = "Content-Range: bytes " + (from + 1) + "-" + to + "/" + page.length + "\r\n";
            case 2 -> {
                status = "206 Partial Content";
                content = "Content-Range: bytes " + from + "-" + (to - 1) + "/" + (page.length + requests) + "\r\n";
            }
            case 3 -> {
                status = "206 Partial Content";
                content = "Content-Type: multipart/byteranges; boundary=x\r\n";
                body = "--x\r\nContent-Range: bytes 0-0/9\r\n\r\np\r\n--x--\r\n".getBytes(ISO_8859_1);
                length = "Content-Length: " + body.length + "\r\n";
            }
            case 4 -> {
                status = "206 Partial Content";
                content = "";
            }
            case 5 -> {
                status = "302 Found";
                more = "Location: " + uri() + "\r\n";
            }
            case 6 -> more = "X: y\r\n".repeat(100_000);
            case 7 -> more = "X: " + "y".repeat(5 << 20) + "\r\n";
            case 8 -> more = "Content-Encoding: gzip\r\n";
            case 9 -> tag = "ETag: \"" + requests + "\"\r\n";
            case 10 -> {
                return new byte[0];
            }
            case 11 ->
                length = "Content-Length: " + RandomBytes.pick(random, "-5", "x", "99999999999999999999") + "\r\n";
            case 12 -> {
                status = "416 Range Not Satisfiable";
                content = "Content-Range: bytes */" + page.length + "\r\n";
            }
            case 13 ->
                status = RandomBytes.pick(
                        random,
                        "503 Busy",
                        "403 Forbidden",
                        "404 Gone",
                        "204 None",
                        "304 Same",
                        "412 Not",
                        "999 Odd",
                        "x y");
            case 14 -> before = "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(50);
            case 15 -> {
                length = "Transfer-Encoding: chunked\r\n";
                body = "fffff\r\nprice\n".getBytes(ISO_8859_1);
            }
            case 16 -> length = "Content-Length: " + (to - from + requests) + "\r\n";
            case 17 -> {
                status = "302 Found";
                more = "Location: "
                        + RandomBytes.pick(
                                random,
                                "",
                                "http:",
                                "http:x",
                                "http:///x",
                                "http://a_b/x",
                                "//",
                                "http://[",
                                ":",
                                "file:///x",
                                "%")
                        + "\r\n";
            }
            default -> {
                // The response is honest.
            }
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(
                (before + "HTTP/1.1 " + status + "\r\nConnection: close\r\n" + content + length + tag + more + "\r\n")
                        .getBytes(ISO_8859_1));
        all.writeBytes(body);
        return all.toByteArray();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
