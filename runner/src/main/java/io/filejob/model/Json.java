package io.filejob.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** JSON as the project writes it, and digests over it. Safe to use from any thread. */
public final class Json {
    /**
     * One for all records, since to look into them takes long. What is written is for people: in the order of the
     * records.
     */
    private static final JsonMapper RECORDS = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    /** Members sorted, no white space: RFC 8785 for what holds texts and integers below 2^53 only, as ours does. */
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Json() {}

    /** The job as indented JSON, with its defaults. */
    public static String pretty(FileJob job) {
        try {
            return RECORDS.writeValueAsString(job);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a job cannot be written", e);
        }
    }

    /** How many bytes {@code value} has as JSON without white space. */
    static int size(Object value) {
        try {
            return RECORDS.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(value).length;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value cannot be written", e);
        }
    }

    /** The record that {@code tree} holds, which fits it. */
    static <T> T bind(JsonNode tree, Class<T> type) {
        try {
            return RECORDS.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what passed the checks cannot be read", e);
        }
    }

    /** The digest of {@code value} as canonical JSON. */
    public static String digest(Object value) {
        try {
            Object tree = RECORDS.convertValue(value, Object.class);
            return digest(CANONICAL.writeValueAsString(tree).getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value cannot be written", e);
        }
    }

    /** SHA-256 of {@code bytes}, as {@code sha256:} and hexadecimal. */
    public static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
