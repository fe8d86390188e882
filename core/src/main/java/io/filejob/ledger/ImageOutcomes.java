package io.filejob.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.filejob.bytes.ByteList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * The outcomes of the images of a slice, in their order: a text of the extension or the reason, if it differs from the one
 * before, and six bytes of the digest; base64 in a ledger. Immutable.
 *
 * @param base64 the encoded outcomes
 */
public record ImageOutcomes(@JsonValue String base64) {
    /** No images. */
    public static final ImageOutcomes NONE = new ImageOutcomes("");

    private static final int STORED = 0;
    private static final int KEPT = 1;
    private static final int FAILED = 2;
    /** Added to the kind of an outcome whose text follows. */
    private static final int WITH_TEXT = 4;

    private static final int DIGEST_BYTES = ImageOutcome.DIGITS / 2;

    /** Decodes the result of {@link #base64}; throws {@link IllegalArgumentException} if it is not valid. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ImageOutcomes parse(String base64) {
        ImageOutcomes outcomes = new ImageOutcomes(base64);
        outcomes.decoded();
        return outcomes;
    }

    /** Encodes outcomes. */
    public static ImageOutcomes of(List<ImageOutcome> all) {
        return new ImageOutcomes(Base64.getEncoder().encodeToString(encode(all)));
    }

    /** Returns the bytes of outcomes, as they are in a file. */
    public static byte[] encode(List<ImageOutcome> all) {
        ByteList bytes = new ByteList(all.size() * (DIGEST_BYTES + 1) + 16);
        String[] texts = {"", "", ""};
        for (ImageOutcome outcome : all) {
            String reason = outcome.reason();
            int kind = reason != null ? FAILED : outcome.kept() ? KEPT : STORED;
            String text = reason != null ? reason : outcome.extension();
            if (text.equals(texts[kind])) {
                bytes.put(kind);
            } else {
                bytes.put(kind + WITH_TEXT);
                bytes.putBytes(text.getBytes(StandardCharsets.US_ASCII));
                texts[kind] = text;
            }
            if (reason == null) {
                bytes.put(HexFormat.of().parseHex(outcome.digest()), 0, DIGEST_BYTES);
            }
        }
        return bytes.toArray();
    }

    /** Returns the outcomes. */
    public List<ImageOutcome> decoded() {
        return decode(Base64.getDecoder().decode(base64));
    }

    /** Decodes the result of {@link #encode}; throws {@link IllegalArgumentException} if {@code bytes} are not valid. */
    public static List<ImageOutcome> decode(byte[] bytes) {
        List<ImageOutcome> all = new ArrayList<>();
        String[] texts = {"", "", ""};
        int at = 0;
        while (at < bytes.length) {
            int kind = bytes[at] & ~WITH_TEXT;
            if (kind < STORED || kind > FAILED) {
                throw new IllegalArgumentException("not the outcome of an image");
            }
            boolean hasText = (bytes[at++] & WITH_TEXT) != 0;
            if (hasText) {
                int length = at < bytes.length ? bytes[at++] : -1;
                texts[kind] = new String(bytes, at, checked(bytes, at, length), StandardCharsets.US_ASCII);
                at += length;
            }
            if (kind == FAILED) {
                all.add(ImageOutcome.failed(texts[kind]));
            } else {
                int end = at + checked(bytes, at, DIGEST_BYTES);
                all.add(ImageOutcome.stored(texts[kind], HexFormat.of().formatHex(bytes, at, end), kind == KEPT));
                at = end;
            }
        }
        return all;
    }

    private static int checked(byte[] bytes, int from, int length) {
        if (length < 0 || length > bytes.length - from) {
            throw new IllegalArgumentException("truncated outcomes of images");
        }
        return length;
    }
}
