package io.filejob.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.security.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Ledgers of a program that writes the format and the digest correctly, and wrong values. */
final class ForgedLedgers {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String[] VALUES = {
        "null",
        "-1",
        "0",
        "1",
        "7",
        "1e3",
        "9223372036854775807",
        "-9223372036854775808",
        "2147483648",
        "true",
        "\"\"",
        "\"x\"",
        "\"1\"",
        "\"-0.5\"",
        "\"1E+5\"",
        "\"1e999999999\"",
        "\"AAAA\"",
        "\"/////////w==\"",
        "[]",
        "{}",
        "[[]]",
        "[null]",
        "{\"average\":[\"1\",1]}",
        "{\"average\":[\"1e2147483647\",1]}",
        "{\"loaded\":[1,1,1,1,1]}",
        "{\"staged\":[1]}",
        "{\"groups\":[\"\",[]]}",
        "{\"groups\":[\"AQFhAQ==\",[]]}",
        "{\"reduced\":[null,0,0,1,[[\"a\",\"1\"]],null]}",
        "{\"published\":[1,\"sha256:00\",1,[[\"a\"]],null]}"
    };

    private ForgedLedgers() {}

    /** Returns a ledger with a few values of {@code good}, a stored one, replaced by others. */
    static byte[] forged(byte[] good, SplittableRandom random) throws JsonProcessingException {
        String text = new String(good, StandardCharsets.UTF_8);
        JsonNode ledger = MAPPER.readTree(text.substring(text.indexOf('\n') + 1));
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            replace(ledger, random);
        }
        return signed(MAPPER.writeValueAsBytes(ledger));
    }

    /** Returns the content of a stored ledger: a head with length and digest, and {@code body}. */
    static byte[] signed(byte[] body) {
        String head = "filejob-ledger-1 " + body.length + " " + Sha256.of(body) + "\n";
        return RandomBytes.join(head.getBytes(StandardCharsets.UTF_8), body);
    }

    /** Replaces a random node by a value from the list, by another node, or by a variant of its own text. */
    private static void replace(JsonNode tree, SplittableRandom random) throws JsonProcessingException {
        List<JsonNode> containers = new ArrayList<>();
        collect(tree, containers);
        JsonNode into = containers.get(random.nextInt(containers.size()));
        JsonNode from = containers.get(random.nextInt(containers.size()));
        int index = random.nextInt(into.size());
        JsonNode old = into instanceof ArrayNode ? into.get(index) : into.get(name(into, index));
        JsonNode value =
                switch (random.nextInt(4)) {
                    case 0 ->
                        from.isArray() ? from.get(random.nextInt(from.size())).deepCopy() : from.deepCopy();
                    case 1 -> variant(old, random);
                    default -> MAPPER.readTree(RandomBytes.pick(random, VALUES));
                };
        if (into instanceof ArrayNode array) {
            array.set(index, value);
        } else {
            ((ObjectNode) into).set(name(into, index), value);
        }
    }

    private static JsonNode variant(JsonNode old, SplittableRandom random) {
        if (old.isIntegralNumber()) {
            return MAPPER.getNodeFactory().numberNode(old.longValue() + random.nextInt(5) - 2);
        }
        if (!old.isTextual()) {
            return old;
        }
        byte[] text = old.textValue().getBytes(StandardCharsets.UTF_8);
        return MAPPER.getNodeFactory().textNode(new String(RandomBytes.damaged(random, text), StandardCharsets.UTF_8));
    }

    private static String name(JsonNode object, int index) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names.get(index);
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode() && !node.isEmpty()) {
            containers.add(node);
        }
        node.forEach(child -> collect(child, containers));
    }
}
