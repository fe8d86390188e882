package io.filejob.testing.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A web server of one page that gives about every second request a response that is broken, slow, endless, malicious or a lie,
 * each of which a client can recognize. It closes each connection after one response.
 */
public final class HostileServer implements AutoCloseable {
    private static final byte[] HINTS = "HTTP/1.1 103 Early Hints\r\n\r\n".getBytes(ISO_8859_1);

    private final byte[] page;
    private final boolean ranged;
    private final SplittableRandom random;
    private final RawServer server;

    public HostileServer(byte[] page, boolean ranged, SplittableRandom random) throws IOException {
        this.page = page;
        this.ranged = ranged;
        this.random = random;
        this.server = new RawServer((request, out) -> {
            String range = request.header("Range");
            respond(out, range == null ? null : range.substring("bytes=".length()), request.number());
        });
    }

    public String uri() {
        return server.uri() + "/page";
    }

    /** Draws a number below {@code bound}; requests come from several threads. */
    private synchronized int random(int bound) {
        return random.nextInt(bound);
    }

    private void respond(RawServer.Response out, @Nullable String range, int requests) throws IOException {
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
        boolean slowHead = false;
        boolean slowBody = false;
        boolean endless = false;
        switch (random(44)) {
            case 0 -> body = Arrays.copyOf(body, random(body.length));
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
                return;
            }
            case 11 -> length = "Content-Length: " + pick("-5", "x", "99999999999999999999") + "\r\n";
            case 12 -> {
                status = "416 Range Not Satisfiable";
                content = "Content-Range: bytes */" + page.length + "\r\n";
            }
            case 13 ->
                status = pick(
                        "503 Busy", "403 Forbidden", "404 Gone", "204 None", "304 Same", "412 Not", "999 Odd", "x y");
            case 14 -> before = "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(50);
            case 15 -> {
                length = "Transfer-Encoding: chunked\r\n";
                body = "fffff\r\nprice\n".getBytes(ISO_8859_1);
            }
            case 16 -> length = "Content-Length: " + (to - from + requests) + "\r\n";
            case 17 -> {
                status = "302 Found";
                more = "Location: "
                        + pick(
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
            case 18 -> out.repeat(HINTS);
            case 19 -> slowHead = true;
            case 20 -> slowBody = true;
            case 21 -> {
                length = part ? "" : length;
                endless = true;
            }
            default -> {
                // The response is honest.
            }
        }
        byte[] head = (before + "HTTP/1.1 " + status + "\r\nConnection: close\r\n" + content + length + tag + more
                        + "\r\n")
                .getBytes(ISO_8859_1);
        if (slowHead) {
            out.trickle(head);
        } else {
            out.write(head);
        }
        if (slowBody) {
            out.trickle(body);
        } else {
            out.write(body);
        }
        if (endless) {
            out.repeat(page);
        }
    }

    private String pick(String... from) {
        return from[random(from.length)];
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
