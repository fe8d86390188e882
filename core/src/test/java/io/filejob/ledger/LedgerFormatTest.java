package io.filejob.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.bytes.ByteList;
import io.filejob.examples.Seeds;
import io.filejob.security.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A stored ledger comes back as it was, or is refused. */
final class LedgerFormatTest {
    @Test
    void ledgersComeBack() {
        Seeds.repeat(200, random -> {
            Ledger ledger = ledger(random);
            byte[] bytes = LedgerFormat.write(ledger);
            assertThat(LedgerFormat.read(bytes)).isEqualTo(ledger);
            assertThat(LedgerFormat.write(ledger)).isEqualTo(bytes);
        });
    }

    @Test
    void anyWrongByteAndAnyOtherLengthIsRefused() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        byte[] right = LedgerFormat.write(ledger(random));
        for (int at = 0; at < right.length; at++) {
            byte[] wrong = right.clone();
            wrong[at] ^= (byte) (1 << random.nextInt(8));
            assertRefused(wrong);
            assertRefused(Arrays.copyOf(right, at));
        }
        assertRefused(Arrays.copyOf(right, right.length + 1));
        assertThat(LedgerFormat.read(right)).isNotNull();
    }

    private static void assertRefused(byte[] bytes) {
        assertThatThrownBy(() -> LedgerFormat.read(bytes))
                .as(() -> new String(bytes, StandardCharsets.ISO_8859_1))
                .isInstanceOf(DamagedLedgerException.class);
    }

    @Test
    void theFirstLineHasTheLengthAndTheDigestOfTheRest() {
        byte[] bytes = LedgerFormat.write(new Ledger("f", 3, "a", List.of()));
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("""
                        filejob-ledger-1 57 %s
                        {"fingerprint":"f","worker":3,"attempt":"a","results":[]}\
                        """.formatted(
                        Sha256.of("{\"fingerprint\":\"f\",\"worker\":3,\"attempt\":\"a\",\"results\":[]}")));
    }

    private static Ledger ledger(SplittableRandom random) {
        List<SliceResult> results = new ArrayList<>();
        for (int slice = random.nextInt(5); slice > 0; slice--) {
            results.add(
                    SliceResult.builder(slice, random.nextLong(1L << 50), random.nextLong(1L << 50), partial(random))
                            .certain(random.nextBoolean())
                            .lines(random.nextInt(100))
                            .samples(
                                    random.nextBoolean()
                                            ? List.of()
                                            : List.of(new Rejection(0, 7, false, null, "not a number", "é\"\n\u0001")))
                            .build());
        }
        return new Ledger("sha256:f", random.nextInt(100), "attempt", results);
    }

    private static Partial partial(SplittableRandom random) {
        if (random.nextBoolean()) {
            return new AveragePartial(Long.toString(random.nextLong()), random.nextInt(1000));
        }
        byte[] groups = new byte[random.nextInt(50)];
        random.nextBytes(groups);
        SpillFile run = new SpillFile("run", random.nextBoolean(), 1, 2, 3, 4, 5, List.of("YQ", "Yg"));
        return new GroupsPartial(
                InlineGroups.of(groups, groups.length), random.nextBoolean() ? List.of() : List.of(run, run));
    }

    @Test
    void inlineGroupsAreTheirBytes() {
        Seeds.repeat(500, random -> {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            int size = random.nextInt(bytes.length + 1);
            InlineGroups groups = InlineGroups.of(bytes, size);
            byte[] copy = Arrays.copyOf(bytes, size);
            // The groups do not change with the array that they were taken from.
            Arrays.fill(bytes, (byte) 9);
            assertThat(groups.size()).isEqualTo(size);
            assertThat(Arrays.copyOf(groups.bytes(), size)).isEqualTo(copy);
            assertThat(groups.bytes().length - size).isGreaterThanOrEqualTo(ByteList.SLACK);
            InlineGroups parsed = InlineGroups.parse(groups.base64());
            assertThat(parsed).isEqualTo(groups).hasSameHashCodeAs(groups).hasToString(groups.toString());
            assertThat(parsed.bytes().length - size).isGreaterThanOrEqualTo(ByteList.SLACK);
            copy = Arrays.copyOf(copy, size + 1);
            assertThat(InlineGroups.of(copy, size + 1)).isNotEqualTo(groups);
        });
        assertThatThrownBy(() -> InlineGroups.parse("a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> InlineGroups.parse("é===")).isInstanceOf(IllegalArgumentException.class);
    }
}
