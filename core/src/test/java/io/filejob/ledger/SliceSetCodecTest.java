package io.filejob.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.examples.Drawing;
import io.filejob.examples.DrawingSource;
import io.filejob.examples.DrawnText;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SliceSetCodecTest {
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    /** The longest item of such a job, with the comma after it. */
    private static final int ITEM = "99999-99999:1000,".length();

    private final SplittableRandom random = new SplittableRandom(20261124);

    /** Slices, separated by blanks, and their text; the setting is the number of workers. */
    @ParameterizedTest
    @DrawingSource("slice-sets.txt")
    void setsHaveTheirDrawnText(Drawing drawing) {
        int workers = Integer.parseInt(drawing.setting("workers", "1"));
        int limit = Integer.parseInt(drawing.setting("limit", "1000"));
        drawing.check(lines -> lines.stream()
                .map(line -> {
                    int[] slices = DrawnText.isNull(line)
                            ? new int[0]
                            : Stream.of(line.split(" ", -1))
                                    .mapToInt(Integer::parseInt)
                                    .toArray();
                    String text = SliceSetCodec.encode(set(slices), workers, limit);
                    return text.isEmpty() ? "∅" : text;
                })
                .toList());
    }

    @ParameterizedTest
    @DrawingSource("slice-set-texts.txt")
    void textsAreReadAsDrawn(Drawing drawing) {
        drawing.check(lines -> lines.stream()
                .map(line -> {
                    String text = String.valueOf(DrawnText.text(line));
                    if (drawing.has("refused")) {
                        assertThatThrownBy(() -> SliceSetCodec.decode(text, 10))
                                .as(line)
                                .isInstanceOf(IllegalArgumentException.class);
                        return "";
                    }
                    return SliceSetCodec.decode(text, 10).stream()
                            .mapToObj(Integer::toString)
                            .collect(Collectors.joining(" "));
                })
                .filter(line -> !line.isEmpty())
                .toList());
    }

    @Test
    void everySetComesBack() {
        for (int i = 0; i < 2_000; i++) {
            int slices = 1 + random.nextInt(300);
            int workers = 1 + random.nextInt(100);
            BitSet set = anySet(slices, workers);
            String text = SliceSetCodec.encode(set, workers, NO_LIMIT);
            assertThat(SliceSetCodec.decode(text, slices)).as(text).isEqualTo(set);
        }
    }

    @Test
    void aTextThatIsCutClaimsNothingThatIsNotDone() {
        for (int i = 0; i < 2_000; i++) {
            BitSet set = anySet(300, 7);
            int limit = random.nextInt(200);
            String text = SliceSetCodec.encode(set, 7, limit);
            assertThat(text.length()).isLessThanOrEqualTo(limit);
            BitSet wrong = SliceSetCodec.decode(text, 300);
            wrong.andNot(set);
            assertThat(wrong.isEmpty()).as(text).isTrue();
        }
    }

    /** The largest possible job, more scattered than a real one can be. */
    @Test
    void whatDoesNotFitIsLeftOut() {
        BitSet set = new BitSet();
        for (int slice = 0; slice < 100_000; slice++) {
            set.set(slice, random.nextBoolean());
        }
        String text = SliceSetCodec.encode(set, 4, 100_000);
        assertThat(text).hasSizeBetween(99_000, 100_000);
        BitSet some = SliceSetCodec.decode(text, 100_000);
        assertThat(some.cardinality()).isGreaterThan(15_000);
        some.andNot(set);
        assertThat(some.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 65, 1000})
    void aStripeIsOneItem(int workers) {
        BitSet stripe = stripe(100_000, workers - 1, workers);
        assertThat(items(SliceSetCodec.encode(stripe, workers, NO_LIMIT))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 100})
    void aStripeWithHolesIsAnItemMoreForEach(int workers) {
        for (int holes = 0; holes < 30; holes++) {
            BitSet stripe = stripe(100_000, 0, workers);
            for (int i = 0; i < holes; i++) {
                stripe.clear(workers * random.nextInt(100_000 / workers));
            }
            String text = SliceSetCodec.encode(stripe, workers, NO_LIMIT);
            assertThat(text).as("%d holes", holes).hasSizeLessThanOrEqualTo((holes + 1) * ITEM);
            assertThat(SliceSetCodec.decode(text, 100_000)).isEqualTo(stripe);
        }
    }

    /** The set that the operator publishes while workers process different slices and some workers are missing. */
    @ParameterizedTest
    @ValueSource(ints = {2, 8, 50, 300})
    void stripesInProgressAreAnItemEach(int workers) {
        for (int i = 0; i < 5; i++) {
            BitSet union = new BitSet();
            for (int worker = 0; worker < workers; worker++) {
                if (random.nextInt(10) > 0) {
                    union.or(stripe(random.nextInt(100_000), worker, workers));
                }
            }
            String text = SliceSetCodec.encode(union, workers, NO_LIMIT);
            assertThat(text).hasSizeLessThanOrEqualTo(workers * ITEM);
            assertThat(SliceSetCodec.decode(text, 100_000)).isEqualTo(union);
        }
    }

    private BitSet anySet(int slices, int workers) {
        BitSet set = new BitSet();
        int density = random.nextInt(101);
        for (int slice = 0; slice < slices; slice++) {
            set.set(slice, random.nextInt(100) < density);
        }
        if (random.nextBoolean()) {
            set.or(stripe(slices, random.nextInt(workers), workers));
        }
        return set;
    }

    private static BitSet stripe(int slices, int worker, int workers) {
        BitSet stripe = new BitSet();
        for (int slice = worker; slice < slices; slice += workers) {
            stripe.set(slice);
        }
        return stripe;
    }

    private static BitSet set(int... slices) {
        BitSet set = new BitSet();
        for (int slice : slices) {
            set.set(slice);
        }
        return set;
    }

    private static int items(String text) {
        return text.isEmpty() ? 0 : text.split(",", -1).length;
    }
}
