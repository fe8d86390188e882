package io.filejob.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.filejob.ledger.ImageListPartial;
import io.filejob.ledger.ImageOutcome;
import io.filejob.ledger.ImageOutcomes;
import io.filejob.ledger.ImagesPartial;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.Loss;
import io.filejob.ledger.PublishedPartial;
import io.filejob.ledger.Rejection;
import io.filejob.ledger.SliceResult;
import io.filejob.plan.FileSlicingTest;
import io.filejob.plan.Fingerprint;
import io.filejob.plan.Plan;
import io.filejob.plan.Stage;
import io.filejob.status.ImageCounts;
import io.filejob.status.RejectedRecord;
import io.filejob.status.RowCounts;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Copies of a slice that may differ, because the images that it fetched may. */
final class AlternativesTest {
    private static final Plan PLAN =
            new Plan(new Fingerprint("s", "i", SliceResults.CUT), FileSlicingTest.slicing(10, 10), 2, true, true);
    private static final Stage IMAGES = PLAN.stages().get(1);
    private static final Ledger LIST = ledger(
            "list",
            SliceResult.builder(0, 0, 10, ImageListPartial.of(4, List.of(), new long[0]))
                    .bytes(10)
                    .rows(new RowCounts(3, 2, 1))
                    .samples(List.of(new Rejection(0, 3, true, null, "bad row", "x")))
                    .build());

    private static Ledger ledger(String attempt, SliceResult... results) {
        return new Ledger(PLAN.fingerprint().combined(), 0, attempt, List.of(results));
    }

    private static SliceResult images(int slice, String... digests) {
        String basis = Coverage.of(PLAN, List.of(LIST)).basis(IMAGES);
        List<ImageOutcome> outcomes = Stream.of(digests)
                .map(digest -> digest.isEmpty()
                        ? ImageOutcome.failed("NotFound")
                        : ImageOutcome.stored("jpg", digest.repeat(12), false))
                .toList();
        long failed = outcomes.stream().filter(each -> each.reason() != null).count();
        ImageCounts counts = new ImageCounts(outcomes.size(), outcomes.size() - failed, 0, failed, 9, 5);
        ImagesPartial partial = new ImagesPartial(counts, ImageOutcomes.of(outcomes), null, basis);
        List<Rejection> samples = failed == 0
                ? List.of()
                : List.of(new Rejection(0, 2L * slice, true, "urls", "NotFound", "http://host/a"));
        return SliceResult.later(slice, partial).toBuilder().samples(samples).build();
    }

    @Test
    void oneOfThemIsChosenByTheNameOfTheAttemptInAnyOrder() {
        Ledger a = ledger("a", images(1, "a", "b"));
        Ledger b = ledger("b", images(1, "a", "c"));
        Ledger c = ledger("c", images(1, "", "c"), images(2, "d", "e"));
        for (List<Ledger> ledgers : List.of(List.of(LIST, a, b, c), List.of(c, b, a, LIST), List.of(b, LIST, c, a))) {
            Coverage coverage = Coverage.of(PLAN, ledgers);
            assertThat(coverage.isComplete(IMAGES)).isTrue();
            assertThat(coverage.results().get(1)).isEqualTo(images(1, "a", "b"));
            assertThat(coverage.conflicts()).isEmpty();
            assertThat(coverage.hasAlternative(1)).isTrue();
            assertThat(coverage.hasAlternative(2)).isFalse();
        }
    }

    @Test
    void anOutputOfAnotherCopyIsWrittenAgain() {
        Ledger b = ledger("b", images(1, "a", "c"), images(2, "d"));
        Stage publish = PLAN.stages().getLast();
        String basis = Coverage.of(PLAN, List.of(LIST, b)).basis(publish);
        Ledger published =
                ledger("p", SliceResult.later(3, new PublishedPartial(7, "sha256:00", 2L, List.of(), basis)));
        assertThat(Coverage.of(PLAN, List.of(LIST, b, published)).isComplete()).isTrue();

        Ledger late = ledger("a", images(1, "a", "b"));
        Coverage coverage = Coverage.of(PLAN, List.of(LIST, b, published, late));
        assertThat(coverage.isComplete(IMAGES)).isTrue();
        assertThat(coverage.isComplete(publish)).isFalse();
        assertThat(coverage.basis(publish)).isNotEqualTo(basis);
    }

    @Test
    void theLossOfOneLeavesTheOthers() {
        Ledger a = ledger("a", images(1, "a", "b"));
        Ledger b = ledger("b", images(1, "a", "c"), images(2, "d"));
        List<Loss> losses = Coverage.of(PLAN, List.of(LIST, a, b)).losses(1, "b.jpg");
        assertThat(losses).containsExactly(new Loss(1, "a", 0, "b.jpg"));

        Ledger reporter = new Ledger(PLAN.fingerprint().combined(), 1, "r", List.of(), losses);
        Coverage coverage = Coverage.of(PLAN, List.of(LIST, a, b, reporter));
        assertThat(coverage.results().get(1)).isEqualTo(images(1, "a", "c"));
        assertThat(coverage.isComplete(IMAGES)).isTrue();
    }

    @Test
    void copiesOfOtherImagesCannotReplaceThem() {
        Ledger a = ledger("a", images(1, "a", "b"));
        Ledger b = ledger("b", images(1, "a"));
        Coverage coverage = Coverage.of(PLAN, List.of(LIST, a, b));
        assertThat(coverage.isMissing(1)).isTrue();
        assertThat(coverage.conflicts()).hasSize(1);
    }

    @Test
    void failedImagesAreShownAmongBadRowsAndCountAsBadRecords() {
        Ledger a = ledger("a", images(1, "", "b"), images(2, ""));
        Coverage coverage = Coverage.of(PLAN, List.of(LIST, a));
        assertThat(LineNumbers.samples(coverage, 10))
                .extracting(RejectedRecord::line, RejectedRecord::reason)
                .containsExactly(tuple(2L, "NotFound"), tuple(3L, "bad row"), tuple(4L, "NotFound"));
        assertThat(LineNumbers.samples(coverage, 1)).hasSize(1);
        assertThat(coverage.rows()).isEqualTo(new RowCounts(3, 2, 1));
        assertThat(coverage.records()).isEqualTo(new RowCounts(6, 3, 3));
    }
}
