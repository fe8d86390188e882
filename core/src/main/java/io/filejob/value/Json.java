package io.filejob.value;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.security.Sha256;
import java.util.Optional;

/** Writes and reads JSON, and computes digests of it. Thread-safe. */
public final class Json {
    /**
     * The mapper shared by all records, since their introspection is slow. It writes members in the order of the record
     * components, for people.
     */
    private static final JsonMapper RECORDS = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .serializerFactory(RecordPrinter.factory())
            .build();
    /**
     * Writes sorted members without white space, which is RFC 8785 for objects with only texts and integers below 2^53,
     * as here.
     */
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final RecordBinder BINDER = new RecordBinder(RECORDS);

    private Json() {}

    /** Returns {@code value}, a record such as a FileJob, as indented JSON, including defaults. */
    public static String pretty(Object value) {
        try {
            return RECORDS.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value cannot be written", e);
        }
    }

    /** Returns the length in bytes of {@code value} as JSON without white space. */
    public static int size(Object value) {
        return bytes(value).length;
    }

    /** Returns {@code value} as JSON in UTF-8 without white space. */
    public static byte[] bytes(Object value) {
        try {
            return RECORDS.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value cannot be written", e);
        }
    }

    /** Parses {@code text}; empty if it is not JSON. */
    public static Optional<JsonNode> parse(String text) {
        try {
            return Optional.ofNullable(RECORDS.readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Returns a new object without members. */
    public static ObjectNode object() {
        return RECORDS.createObjectNode();
    }

    /** Returns {@code value}, a record, as a tree. */
    public static JsonNode tree(Object value) {
        return RECORDS.valueToTree(value);
    }

    /** Binds {@code tree}, which must have been checked, to a record. */
    public static <T> T bind(JsonNode tree, Class<T> type) {
        try {
            return BINDER.bind(tree, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what passed the checks cannot be read", e);
        }
    }

    /** Binds {@code tree} to a record; empty if it does not fit. */
    public static <T> Optional<T> bindIfPossible(JsonNode tree, Class<T> type) {
        try {
            return tree.isContainerNode() ? Optional.of(RECORDS.treeToValue(tree, type)) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Returns the digest of {@code value} as canonical JSON. */
    public static String digest(Object value) {
        try {
            Object tree = RECORDS.convertValue(value, Object.class);
            return Sha256.of(CANONICAL.writeValueAsString(tree));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value cannot be written", e);
        }
    }
}
