package io.filejob.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.filejob.testing.http.RawServer;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
    private static final String XML = BucketResponse.XML;
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

    private synchronized SplittableRandom splitRandom() {
        return random.split();
    }

    private synchronized int random(int bound) {
        return random.nextInt(bound);
    }

    private void respond(RawServer.RawRequest request, RawServer.Response out) throws IOException {
        String[] line = request.line().split(" ", 3);
        if (line.length < 3) {
            // The client has closed the connection before the end of the line.
            return;
        }
        String method = line[0];
        int question = line[1].indexOf('?');
        String query = question < 0 ? "" : line[1].substring(question + 1);
        String path =
                URLDecoder.decode((question < 0 ? line[1] : line[1].substring(0, question)).replace("+", "%2B"), UTF_8);
        String key = path.length() > "/bucket/".length() ? path.substring("/bucket/".length()) : "";
        boolean listing = query.contains("list-type=2");
        BucketResponse draft = listing ? listing(query) : object(method, key, query, request.header("Range"));
        byte[] honest = draft.body;
        if (random(honesty) == 0) {
            if (random(20) == 0) {
                return;
            }
            draft.spoil(splitRandom(), listing, method.equals("GET"));
        }
        boolean isPut = method.equals("PUT") && !query.contains("partNumber");
        boolean isEnd = method.equals("POST") && !query.contains("uploads");
        if (draft.isSuccess() && (isPut || (isEnd && Arrays.equals(honest, draft.body)))) {
            uploaded.add(key);
        }
        draft.send(out, method.equals("HEAD"));
    }

    private BucketResponse listing(String query) {
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
        return new BucketResponse(xml.append("</ListBucketResult>").toString());
    }

    private static String encoded(String key) {
        StringBuilder text = new StringBuilder();
        for (byte b : key.getBytes(UTF_8)) {
            text.append(
                    b > ' ' && b != '%' && b != '&' && b != '<' && b != '+'
                            ? String.valueOf((char) b)
                            : String.format(Locale.ROOT, "%%%02X", b));
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

    private BucketResponse object(String method, String key, String query, @Nullable String range) {
        BucketResponse draft = new BucketResponse("");
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

    @Override
    public void close() throws IOException {
        server.close();
    }
}
