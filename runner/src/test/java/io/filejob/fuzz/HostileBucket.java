package io.filejob.fuzz;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.filejob.storage.RawServer;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An S3 service with one bucket that gives some requests a response that is broken, slow, endless, malicious or a lie,
 * each of which a client can recognize. It remembers the keys
 * of uploaded objects.
 */
final class HostileBucket implements AutoCloseable {
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final String OK = "200 OK";
    private static final String ETAG = "&quot;one&quot;";

    private final SequencedMap<String, byte[]> objects;
    private final SplittableRandom random;
    /** One response of this many is hostile, on average. */
    private final int honesty;

    private final Set<String> uploaded = ConcurrentHashMap.newKeySet();
    private final RawServer server;

    HostileBucket(Map<String, byte[]> objects, int honesty, SplittableRandom random) throws IOException {
        this.objects = new TreeMap<>(objects);
        this.honesty = honesty;
        this.random = random;
        this.server = new RawServer(this::respond);
    }

    String endpoint() {
        return server.uri();
    }

    /** Returns the keys of the objects that requests created. */
    Set<String> uploaded() {
        return uploaded;
    }

    private synchronized int random(int bound) {
        return random.nextInt(bound);
    }

    private String pick(String... from) {
        return from[random(from.length)];
    }

    /** A response before it is written. */
    private static final class Draft {
        String before = "";
        String status = OK;
        final List<String> headers = new ArrayList<>(List.of("Connection: close"));
        byte[] body = {};

        @Nullable
        String length;

        boolean slowHead;
        boolean slowBody;
        byte[] endless = {};

        Draft(String body) {
            this.body = body.getBytes(UTF_8);
        }

        String text() {
            return new String(body, UTF_8);
        }

        void replace(String from, String to) {
            body = text().replace(from, to).getBytes(UTF_8);
        }

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
    }

    private void respond(RawServer.Request request, RawServer.Response out) throws IOException {
        String[] line = request.line().split(" ", 3);
        String method = line[0];
        int question = line[1].indexOf('?');
        String query = question < 0 ? "" : line[1].substring(question + 1);
        String path =
                URLDecoder.decode((question < 0 ? line[1] : line[1].substring(0, question)).replace("+", "%2B"), UTF_8);
        String key = path.length() > "/bucket/".length() ? path.substring("/bucket/".length()) : "";
        boolean listing = query.contains("list-type=2");
        Draft draft = listing ? listing(query) : object(method, key, query, request.header("Range"));
        byte[] honest = draft.body;
        if (random(honesty) == 0) {
            if (random(20) == 0) {
                return;
            }
            spoil(draft, listing, method.equals("GET"));
        }
        boolean isPut = method.equals("PUT") && !query.contains("partNumber");
        boolean isEnd = method.equals("POST") && !query.contains("uploads");
        if (draft.status.equals(OK) && (isPut || (isEnd && Arrays.equals(honest, draft.body)))) {
            uploaded.add(key);
        }
        draft.send(out, method.equals("HEAD"));
    }

    private Draft listing(String query) {
        String prefix = parameter(query, "prefix");
        String after = parameter(query, "continuation-token");
        List<String> keys = objects.keySet().stream()
                .filter(key -> key.startsWith(prefix) && key.compareTo(after) > 0)
                .toList();
        int page = Math.min(keys.size(), 1 + random(3));
        StringBuilder xml = new StringBuilder(XML + "<ListBucketResult><EncodingType>url</EncodingType>");
        for (String key : keys.subList(0, page)) {
            xml.append("<Contents><Key>")
                    .append(encoded(key))
                    .append("</Key><LastModified>2026-01-01T00:00:00.000Z")
                    .append("</LastModified><ETag>")
                    .append(ETAG)
                    .append("</ETag><Size>")
                    .append(objects.getOrDefault(key, new byte[0]).length)
                    .append("</Size></Contents>");
        }
        boolean more = page < keys.size();
        xml.append("<IsTruncated>").append(more).append("</IsTruncated>");
        if (more) {
            xml.append("<NextContinuationToken>").append(keys.get(page - 1)).append("</NextContinuationToken>");
        }
        return new Draft(xml.append("</ListBucketResult>").toString());
    }

    private static String encoded(String key) {
        StringBuilder text = new StringBuilder();
        for (byte b : key.getBytes(UTF_8)) {
            text.append(
                    b > ' ' && b != '%' && b != '&' && b != '<' && b != '+'
                            ? String.valueOf((char) b)
                            : String.format("%%%02X", b));
        }
        return text.toString();
    }

    private static String parameter(String query, String name) {
        return Arrays.stream(query.split("&"))
                .filter(each -> each.startsWith(name + "="))
                .map(each -> URLDecoder.decode(each.substring(name.length() + 1), UTF_8))
                .findFirst()
                .orElse("");
    }

    private Draft object(String method, String key, String query, @Nullable String range) {
        Draft draft = new Draft("");
        byte @Nullable [] content = objects.get(key);
        if (query.contains("uploads")) {
            draft.replace(
                    "", XML + "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>");
        } else if (method.equals("POST")) {
            draft.replace(
                    "",
                    XML + "<CompleteMultipartUploadResult><ETag>" + ETAG + "</ETag></CompleteMultipartUploadResult>");
        } else if (method.equals("PUT")) {
            draft.headers.add("ETag: \"one\"");
        } else if (method.equals("DELETE")) {
            draft.status = "204 No Content";
        } else if (content == null) {
            draft.status = "404 Not Found";
            draft.replace("", XML + "<Error><Code>NoSuchKey</Code><Message>not there</Message></Error>");
        } else {
            draft.headers.add("ETag: \"one\"");
            draft.body = content;
            if (range != null && content.length > 0) {
                int dash = range.indexOf('-');
                int from = Integer.parseInt(range.substring("bytes=".length(), dash));
                int to = Math.min(content.length, Integer.parseInt(range.substring(dash + 1)) + 1);
                draft.status = "206 Partial Content";
                draft.body = Arrays.copyOfRange(content, from, to);
                draft.headers.add("Content-Range: bytes " + from + "-" + (to - 1) + "/" + content.length);
            }
        }
        return draft;
    }

    /** Makes a response hostile. */
    private void spoil(Draft draft, boolean listing, boolean isGet) {
        switch (random(listing ? 28 : 14)) {
            case 0 -> draft.before = "HTTP/1.1 100 Continue\r\n\r\n".repeat(1 + random(20_000));
            case 1 -> draft.slowHead = true;
            case 2 -> {
                draft.slowBody = true;
                draft.slowHead = draft.body.length < 500;
            }
            case 3 -> draft.headers.add("X: " + "y".repeat(1 << random(20)));
            case 4 -> {
                draft.length = "Content-Length: " + (draft.body.length + 1 + random(1000));
            }
            case 5 -> draft.length = "Content-Length: " + pick("-5", "x", "99999999999999999999");
            case 6 -> {
                draft.status = pick(
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
                draft.body = error();
            }
            case 7 ->
                draft.body =
                        isGet && draft.body.length > 0 ? Arrays.copyOf(draft.body, random(draft.body.length)) : error();
            case 8 -> draft.headers.add("Content-Encoding: " + pick("gzip", "br", "x"));
            case 9 -> draft.headers.replaceAll(header -> header.startsWith("ETag") ? "ETag: \"two\"" : header);
            case 10 -> draft.headers.replaceAll(header -> header.replace("bytes ", "bytes 1"));
            case 11 -> {
                draft.length = "Transfer-Encoding: chunked";
                draft.body = "fffff\r\nprice\n".getBytes(UTF_8);
            }
            case 12 -> {
                if (!draft.status.startsWith("20") || listing) {
                    draft.status = "500 Error";
                    draft.length = "";
                    draft.endless = "<a>".getBytes(UTF_8);
                }
            }
            case 13 -> {
                if (!draft.text().contains("<Error>") && !isGet) {
                    draft.body = error();
                }
            }
            case 14 -> draft.replace(XML, XML + "<!DOCTYPE x [" + bomb() + "]>");
            case 15 -> draft.replace("<ListBucketResult>", "<ListBucketResult>&z;");
            case 16 ->
                draft.replace(
                        "<Key>in/",
                        "<Key>" + pick("", "out/", "%zz", "%", "in/%zz", "&#1;", "&#0;", "&#xFFFF;", "\u0001"));
            case 17 -> draft.replace("<Size>", "<Size>" + pick("-", "x", "9999999999999999999", "<a/>"));
            case 18 -> draft.replace("<ETag>", "<NoTag>");
            case 19 ->
                draft.replace(
                        "<ETag>&quot;one",
                        "<ETag>" + pick("&#10;", "\u00e9\ud83d\ude00", "a".repeat(100_000), "&quot;two"));
            case 20 ->
                draft.replace(
                        "<IsTruncated>false</IsTruncated>",
                        "<IsTruncated>true</IsTruncated>" + pick("", "<NextContinuationToken/>"));
            case 21 -> draft.replace("2026-01-01T", pick("x", "99999999999-", ""));
            case 22 -> {
                draft.length = "";
                draft.body = (XML + "<ListBucketResult>").getBytes(UTF_8);
                draft.endless = pick("<Contents><Key>in/a</Key>", "<a>", "<a></a>", " ", "x", "<!-- x -->")
                        .getBytes(UTF_8);
            }
            case 23 -> draft.body = (XML + "<a>".repeat(200_000)).getBytes(UTF_8);
            case 24 -> draft.body = draft.text().getBytes(UTF_16);
            case 25 -> draft.replace("UTF-8", pick("UTF-16", "nonsense", "EBCDIC-CP-US"));
            case 26 -> draft.body = RandomBytes.damaged(splitRandom(), (XML + "<ListBucketResult>").getBytes(UTF_8));
            default -> draft.body = error();
        }
    }

    private synchronized SplittableRandom splitRandom() {
        return random.split();
    }

    private byte[] error() {
        return (XML
                        + pick(
                                "<Error><Code>InternalError</Code><Message>again</Message></Error>",
                                "<Error/>",
                                "",
                                "<html>",
                                "{}",
                                "\0"))
                .getBytes(UTF_8);
    }

    private String bomb() {
        return pick(
                "<!ENTITY z SYSTEM \"file:///etc/passwd\">",
                "<!ENTITY z \"zzzzzzzzzz\">",
                "<!ENTITY a \"zzzzzzzzzz\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY z \"&b;&b;&b;&b;&b;&b;&b;\">");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
