package io.filejob.fuzz;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.filejob.testing.http.RawServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A response of a {@link HostileBucket} before it is written. */
final class BucketResponse {
    static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    String status = "200 OK";
    byte[] body;
    final List<String> headers = new ArrayList<>(List.of("Connection: close"));
    private String before = "";
    private @Nullable String length;
    private boolean slowHead;
    private boolean slowBody;
    private byte[] endless = {};

    BucketResponse(String body) {
        this.body = body.getBytes(UTF_8);
    }

    /** Returns whether a client takes the request for done: any status of the class 2xx says so (RFC 9110, 15.3). */
    boolean isSuccess() {
        return status.startsWith("2");
    }

    String text() {
        return new String(body, UTF_8);
    }

    void replace(String from, String to) {
        body = text().replace(from, to).getBytes(UTF_8);
    }

    /** Writes the response; one to a HEAD request has no body. */
    void send(RawServer.Response out, boolean isHead) throws IOException {
        String size = length == null ? "Content-Length: " + body.length : length;
        byte[] head = (before + "HTTP/1.1 " + status + "\r\n" + String.join("\r\n", headers) + "\r\n" + size
                        + (size.isEmpty() ? "" : "\r\n") + "\r\n")
                .getBytes(UTF_8);
        if (slowHead) {
            out.trickle(head);
        } else {
            out.write(head);
        }
        if (isHead) {
            return;
        }
        if (slowBody) {
            out.trickle(body);
        } else {
            out.write(body);
        }
        if (endless.length > 0) {
            out.repeat(endless);
        }
    }

    /** Makes a response hostile. */
    void spoil(SplittableRandom random, boolean listing, boolean isGet) {
        switch (random.nextInt(listing ? 28 : 14)) {
            case 0 -> before = "HTTP/1.1 100 Continue\r\n\r\n".repeat(1 + random.nextInt(20_000));
            case 1 -> slowHead = true;
            case 2 -> {
                slowBody = true;
                slowHead = body.length < 500;
            }
            case 3 -> headers.add("X: " + "y".repeat(1 << random.nextInt(20)));
            case 4 -> {
                length = "Content-Length: " + (body.length + 1 + random.nextInt(1000));
            }
            case 5 -> length = "Content-Length: " + RandomBytes.pick(random, "-5", "x", "99999999999999999999");
            case 6 -> {
                status = RandomBytes.pick(
                        random,
                        "503 Slow",
                        "500 Error",
                        "403 No",
                        "404 No",
                        "409 No",
                        "412 No",
                        "429 No",
                        "400 No",
                        "301 No",
                        "204 No",
                        "304 No",
                        "999 Odd",
                        "x y",
                        "");
                body = error(random);
            }
            case 7 ->
                body = isGet && body.length > 0 ? Arrays.copyOf(body, random.nextInt(body.length)) : error(random);
            case 8 -> headers.add("Content-Encoding: " + RandomBytes.pick(random, "gzip", "br", "x"));
            case 9 -> headers.replaceAll(header -> header.startsWith("ETag") ? "ETag: \"two\"" : header);
            case 10 -> headers.replaceAll(header -> header.replace("bytes ", "bytes 1"));
            case 11 -> {
                length = "Transfer-Encoding: chunked";
                body = "fffff\r\nprice\n".getBytes(UTF_8);
            }
            case 12 -> {
                if (!status.startsWith("20") || listing) {
                    status = "500 Error";
                    length = "";
                    endless = "<a>".getBytes(UTF_8);
                }
            }
            case 13 -> {
                if (!text().contains("<Error>") && !isGet) {
                    body = error(random);
                }
            }
            case 14 -> replace(XML, XML + "<!DOCTYPE x [" + bomb(random) + "]>");
            case 15 -> replace("<ListBucketResult>", "<ListBucketResult>&z;");
            case 16 ->
                replace(
                        "<Key>in/",
                        "<Key>"
                                + RandomBytes.pick(
                                        random,
                                        "",
                                        "out/",
                                        "%zz",
                                        "%",
                                        "in/%zz",
                                        "&#1;",
                                        "&#0;",
                                        "&#xFFFF;",
                                        "\u0001"));
            case 17 -> replace("<Size>", "<Size>" + RandomBytes.pick(random, "-", "x", "9999999999999999999", "<a/>"));
            case 18 -> replace("<ETag>", "<NoTag>");
            case 19 ->
                replace(
                        "<ETag>&quot;one",
                        "<ETag>"
                                + RandomBytes.pick(
                                        random, "&#10;", "\u00e9\ud83d\ude00", "a".repeat(100_000), "&quot;two"));
            case 20 ->
                replace(
                        "<IsTruncated>false</IsTruncated>",
                        "<IsTruncated>true</IsTruncated>" + RandomBytes.pick(random, "", "<NextContinuationToken/>"));
            case 21 -> replace("2026-01-01T", RandomBytes.pick(random, "x", "99999999999-", ""));
            case 22 -> {
                length = "";
                body = (XML + "<ListBucketResult>").getBytes(UTF_8);
                endless = RandomBytes.pick(
                                random, "<Contents><Key>in/a</Key>", "<a>", "<a></a>", " ", "x", "<!-- x -->")
                        .getBytes(UTF_8);
            }
            case 23 -> body = (XML + "<a>".repeat(200_000)).getBytes(UTF_8);
            case 24 -> body = text().getBytes(UTF_16);
            case 25 -> replace("UTF-8", RandomBytes.pick(random, "UTF-16", "nonsense", "EBCDIC-CP-US"));
            case 26 -> body = RandomBytes.damaged(random, (XML + "<ListBucketResult>").getBytes(UTF_8));
            default -> body = error(random);
        }
    }

    private static byte[] error(SplittableRandom random) {
        return (XML
                        + RandomBytes.pick(
                                random,
                                "<Error><Code>InternalError</Code><Message>again</Message></Error>",
                                "<Error/>",
                                "",
                                "<html>",
                                "{}",
                                "\0"))
                .getBytes(UTF_8);
    }

    private static String bomb(SplittableRandom random) {
        return RandomBytes.pick(
                random,
                "<!ENTITY z SYSTEM \"file:///etc/passwd\">",
                "<!ENTITY z \"zzzzzzzzzz\">",
                "<!ENTITY a \"zzzzzzzzzz\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY z \"&b;&b;&b;&b;&b;&b;&b;\">");
    }
}
