package io.filejob.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.api.DeclaredOperations;
import io.filejob.security.Sha256;
import io.filejob.status.ImageCounts;
import io.filejob.status.RowCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger with a correct digest and any other JSON than a worker writes is refused, or is one that can be used. */
final class ForgedLedgersTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** What replaces each value of a ledger, one at a time. */
    private static final List<String> OTHERS =
            List.of("null", "true", "-1", "9223372036854775807", "1e400", "\"\"", "\"x\"", "[]", "[null]", "{}");

    /** One contribution of each kind, with all of its components. */
    private static List<Partial> partials() {
        SpillFile run = new SpillFile("run", true, 1, 2, 3, 4, 5, List.of("YQ"));
        ImageOutcome stored = ImageOutcome.stored("jpg", "00ff12345678", false);
        List<List<String>> first = List.of(List.of("a", "1"));
        return List.of(
                new AveragePartial("12", 3),
                new GroupsPartial(InlineGroups.NONE, List.of(run)),
                new ReducedPartial("part", 1, 2, 3, List.copyOf(first), "basis"),
                new PublishedPartial(1, "digest", 2L, List.copyOf(first), "basis"),
                new LoadedPartial(1, 2, 3, 4, 5),
                new StagedPartial(6),
                ImageListPartial.of(9, List.of(new ImageMark(1, 2, 3, 4, 5)), new long[] {1, 7}),
                new ImagesPartial(
                        new ImageCounts(1, 1, 0, 0, 9, 5),
                        ImageOutcomes.of(List.of(stored)),
                        new ImagesPartial.OutcomesFile("file", 1, 2),
                        "basis"));
    }

    private static Ledger ledger() {
        Rejection rejection = new Rejection(0, 7, false, "plays", "not a number", "x");
        List<SliceResult> results = new ArrayList<>();
        for (Partial partial : partials()) {
            results.add(SliceResult.builder(results.size(), 0, 10, partial)
                    .rows(new RowCounts(3, 2, 1))
                    .samples(List.of(rejection))
                    .failure(rejection)
                    .rejects(new RejectsFile("rejects", 3, 4))
                    .build());
        }
        return new Ledger("sha256:f", 0, "a", results, List.of(new Loss(1, "a", 0, "file")));
    }

    @Test
    void theExampleHasEachKindOfContribution() {
        Set<Class<?>> kinds = new HashSet<>(DeclaredOperations.partials().values());
        kinds.add(PublishedPartial.class);
        assertThat(partials()).extracting(Object::getClass).hasSameElementsAs(kinds);
    }

    @Test
    void eachValueMayBeAnyOther() throws IOException {
        JsonNode good = JSON.valueToTree(ledger());
        assertThat(LedgerFormat.read(signed(good.toString()))).isEqualTo(ledger());
        int refused = 0;
        List<List<String>> paths = new ArrayList<>();
        collect(good, List.of(), paths);
        assertThat(paths).hasSizeGreaterThan(150);
        for (List<String> path : paths) {
            for (String other : OTHERS) {
                JsonNode forged = good.deepCopy();
                replace(forged, path, JSON.readTree(other));
                refused += isRefused(forged.toString()) ? 1 : 0;
            }
            JsonNode shorter = good.deepCopy();
            replace(shorter, path, null);
            refused += isRefused(shorter.toString()) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(paths.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "", " ", "[]", "{}", "0", "\"\"", "true", "[null]"})
    void documentsThatAreNoLedgersAreRefused(String json) {
        assertThat(isRefused(json)).as(json).isTrue();
    }

    /** Fails if the ledger is accepted and then cannot be used. */
    private static boolean isRefused(String json) {
        Ledger ledger;
        try {
            ledger = LedgerFormat.read(signed(json));
        } catch (IOException refused) {
            assertThat(refused).isInstanceOf(DamagedLedgerException.class);
            return true;
        } catch (RuntimeException e) {
            return fail("not refused, but failed: " + json, e);
        }
        try {
            assertThat(LedgerFormat.read(LedgerFormat.write(ledger))).isEqualTo(ledger);
            for (SliceResult result : ledger.results()) {
                use(result, ledger.results());
            }
        } catch (IOException | RuntimeException e) {
            return fail("accepted, but failed: " + json, e);
        }
        return false;
    }

    private static void use(SliceResult result, List<SliceResult> others) {
        StringBuilder basis = new StringBuilder();
        result.partial().appendBasis(basis);
        assertThat(basis.toString()).isNotNull();
        assertThat(result.files()).doesNotContainNull();
        assertThat(result.partial().failures()).isNotNegative();
        assertThat(result.partial().records().plus(result.rows())).isNotNull();
        for (SliceResult other : others) {
            assertThat(result.agrees(other)).isEqualTo(other.agrees(result));
            assertThat(result.canReplace(other) || result.partial().canReplace(other.partial()))
                    .isIn(true, false);
        }
    }

    private static byte[] signed(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] head =
                ("filejob-ledger-1 " + body.length + " " + Sha256.of(body) + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private static void collect(JsonNode node, List<String> path, List<List<String>> paths) {
        if (!path.isEmpty()) {
            paths.add(path);
        }
        if (node.isObject()) {
            node.properties().forEach(member -> collect(member.getValue(), longer(path, member.getKey()), paths));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), longer(path, Integer.toString(i)), paths);
        }
    }

    private static List<String> longer(List<String> path, String step) {
        return Stream.concat(path.stream(), Stream.of(step)).toList();
    }

    /** Replaces the value at {@code path}, or removes it if {@code value} is null. */
    private static void replace(JsonNode root, List<String> path, @Nullable JsonNode value) {
        JsonNode parent = root;
        for (String step : path.subList(0, path.size() - 1)) {
            parent = parent.isArray() ? parent.path(Integer.parseInt(step)) : parent.path(step);
        }
        String last = path.getLast();
        if (parent instanceof ArrayNode array) {
            if (value == null) {
                array.remove(Integer.parseInt(last));
            } else {
                array.set(Integer.parseInt(last), value);
            }
        } else if (parent instanceof ObjectNode object) {
            if (value == null) {
                object.remove(last);
            } else {
                object.set(last, value);
            }
        }
    }
}
