package io.filejob.service.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.service.problem.ProblemDetail;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.service.upload.Receiving;
import io.filejob.service.upload.SentPart;
import io.filejob.value.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of requests for uploads in parts. */
final class MultipartRequests {
    private static final String NAME = "name";
    private static final String BYTES = "bytes";
    private static final String PARTS = "parts";
    private static final String DIGEST = "digest";
    private static final String NUMBER = "number";
    private static final String ETAG = "etag";
    private static final int MAX_PARTS = 10_000;
    private static final int MAX_PROBLEMS = 100;
    private static final Pattern DIGESTS = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern ETAGS = Pattern.compile("[!-~]{1,200}");

    private MultipartRequests() {}

    /**
     * The beginning of an upload.
     *
     * @param name the name of the file
     * @param bytes its size in bytes, at least 1
     */
    record NewUpload(String name, long bytes) {}

    /**
     * The end of an upload.
     *
     * @param parts the parts that were sent
     * @param digest the SHA-256 of the file; null if the client does not know it
     */
    record Completion(List<SentPart> parts, @Nullable String digest) {}

    /** Reads the beginning of an upload of at most {@code limit} bytes; throws {@link ProblemException}. */
    static NewUpload begin(@Nullable String body, long limit) {
        JsonNode tree = object(body, "{\"name\": \"plays.csv\", \"bytes\": 1000}");
        List<ProblemDetail> problems = new ArrayList<>();
        refuseOthers(tree, "", List.of(NAME, BYTES), problems);
        JsonNode name = tree.path(NAME);
        if (!name.isMissingNode() && !name.isTextual()) {
            problems.add(ProblemDetail.ofField(NAME, "not a text"));
        }
        JsonNode bytes = tree.path(BYTES);
        if (!isNumber(bytes, 1, Long.MAX_VALUE)) {
            problems.add(ProblemDetail.ofField(
                    BYTES, "not a number from 1 to " + limit + "; send an empty file with POST /api/v1/files"));
        }
        refuse(problems);
        if (bytes.longValue() > limit) {
            throw Receiving.tooLarge(limit, "limit");
        }
        return new NewUpload(
                FileNames.cleaned(name.isTextual() ? name.textValue() : null, FileRoutes.DEFAULT_NAME),
                bytes.longValue());
    }

    /** Reads the end of an upload; throws {@link ProblemException}. */
    static Completion complete(@Nullable String body) {
        JsonNode tree = object(body, "{\"parts\": [{\"number\": 1, \"etag\": \"...\"}]}");
        List<ProblemDetail> problems = new ArrayList<>();
        refuseOthers(tree, "", List.of(PARTS, DIGEST), problems);
        JsonNode digest = tree.path(DIGEST);
        if (!digest.isMissingNode() && !DIGESTS.matcher(digest.asText()).matches()) {
            problems.add(ProblemDetail.ofField(DIGEST, "not sha256: and 64 hexadecimal digits in lower case"));
        }
        JsonNode parts = tree.path(PARTS);
        List<SentPart> sent = new ArrayList<>();
        if (!parts.isArray() || parts.isEmpty() || parts.size() > MAX_PARTS) {
            problems.add(ProblemDetail.ofField(PARTS, "not a list of 1 to " + MAX_PARTS + " parts"));
        } else {
            for (int i = 0; i < parts.size() && problems.size() < MAX_PROBLEMS; i++) {
                part(parts.get(i), PARTS + "[" + i + "].", sent, problems);
            }
        }
        refuse(problems);
        return new Completion(sent, digest.isMissingNode() ? null : digest.asText());
    }

    private static void part(JsonNode part, String prefix, List<SentPart> sent, List<ProblemDetail> problems) {
        refuseOthers(part, prefix, List.of(NUMBER, ETAG), problems);
        JsonNode number = part.path(NUMBER);
        JsonNode etag = part.path(ETAG);
        if (!isNumber(number, 1, MAX_PARTS)) {
            problems.add(ProblemDetail.ofField(prefix + NUMBER, "not a number from 1 to " + MAX_PARTS));
        } else if (!etag.isTextual() || !ETAGS.matcher(etag.textValue()).matches()) {
            problems.add(ProblemDetail.ofField(prefix + ETAG, "not an entity tag of 1 to 200 characters"));
        } else {
            sent.add(new SentPart(number.intValue(), etag.textValue()));
        }
    }

    private static boolean isNumber(JsonNode node, long min, long max) {
        return node.isNumber()
                && node.canConvertToExactIntegral()
                && node.canConvertToLong()
                && node.longValue() >= min
                && node.longValue() <= max;
    }

    private static JsonNode object(@Nullable String body, String example) {
        return Json.parse(body == null ? "" : body)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.BAD_REQUEST, "the body is not a JSON object, for example " + example));
    }

    private static void refuseOthers(
            JsonNode object, String prefix, List<String> allowed, List<ProblemDetail> problems) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!allowed.contains(member.getKey())) {
                problems.add(ProblemDetail.ofField(
                        prefix + member.getKey(), "unknown; use " + String.join(" and ", allowed)));
            }
        }
    }

    private static void refuse(List<ProblemDetail> problems) {
        if (!problems.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID, "the request is not valid", problems);
        }
    }
}
