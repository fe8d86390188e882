package io.filejob.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.failure.Excerpt;
import io.filejob.value.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A status stays small, and the digest of a result is computed from the full result. */
final class StatusSizeTest {
    private static final int MAX_BYTES = 64 << 10;
    /** Characters of one to four bytes, surrogate pairs, and characters that JSON escapes. */
    private static final List<String> CHARACTERS = List.of("a", "é", "€", "🎵", "\u0001", "\"");

    @Test
    void aTextIsCutAtACharacter() {
        assertThat(Excerpt.cell("x".repeat(200))).isEqualTo("x".repeat(200));
        assertThat(Excerpt.cell("x".repeat(201))).isEqualTo("x".repeat(199) + "…");
        assertThat(Excerpt.cell("x".repeat(198) + "🎵🎵")).isEqualTo("x".repeat(198) + "…");
        assertThat(Excerpt.ofBytes("€".repeat(10), 30)).isEqualTo("€".repeat(10));
        assertThat(Excerpt.ofBytes("€".repeat(11), 32)).isEqualTo("€".repeat(9) + "…");
    }

    @Test
    void aLongTextIsCutAndTheDigestIsOfAllOfIt() {
        JobResult whole = JobResult.ofGroups(1, List.of("k"), List.of(List.of("x".repeat(1000))))
                .digested();
        JobResult shown = Objects.requireNonNull(
                StatusSize.fit(status("done", whole, null)).result());
        assertThat(((AggregateResult) shown).rows()).isEqualTo(List.of(List.of("x".repeat(199) + "…")));
        assertThat(shown.digest()).isEqualTo(whole.digest());
    }

    @Test
    void aShortStatusStaysAsItIs() {
        FileJobStatus status = status(
                "done",
                JobResult.ofGroups(2, List.of("k", "s"), List.of(List.of("a", "1"), List.of("b", "2")))
                        .digested(),
                new Rejected("bad.csv", List.of(new RejectedRecord("in.csv", 7, "s", "not a number", "x"))));
        assertThat(StatusSize.fit(status)).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noStatusIsLarge(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            int columns = 1 + random.nextInt(64);
            List<List<String>> rows = new ArrayList<>();
            for (int row = 0; row < 10; row++) {
                rows.add(texts(random, columns, 3000));
            }
            JobResult result = JobResult.ofGroups(1_000_000_000_000L, texts(random, columns, 1024), rows)
                    .putTo(text(random, 1024), Long.MAX_VALUE, "sha256:" + "0".repeat(64));
            List<RejectedRecord> samples = IntStream.range(0, 10)
                    .mapToObj(_ -> new RejectedRecord(
                            text(random, 1024), 7, text(random, 1024), text(random, 3000), text(random, 3000)))
                    .toList();
            FileJobStatus status = status(text(random, 100_000), result, new Rejected(text(random, 1024), samples));
            FileJobStatus fitted = StatusSize.fit(status);
            assertThat(Json.size(fitted)).isLessThan(MAX_BYTES);
            assertThat(Objects.requireNonNull(fitted.result()).digest()).isEqualTo(result.digest());
            assertThat(Objects.requireNonNull(fitted.rejected()).samples()).hasSize(10);
        }
    }

    private static List<String> texts(Random random, int count, int most) {
        return IntStream.range(0, count).mapToObj(_ -> text(random, most)).toList();
    }

    private static String text(Random random, int most) {
        return CHARACTERS.get(random.nextInt(CHARACTERS.size())).repeat(1 + random.nextInt(most));
    }

    private static FileJobStatus status(String message, JobResult result, @Nullable Rejected rejected) {
        Condition condition = new Condition("Complete", "True", "Done", message, "2026-01-01T00:00:00Z", 1L);
        return FileJobStatus.builder(Phase.COMPLETE, message)
                .observedGeneration(1L)
                .reason("AllSlicesMerged")
                .conditions(Collections.nCopies(8, condition))
                .startTime("2026-01-01T00:00:00Z")
                .completionTime("2026-01-01T00:00:00Z")
                .plan(new PlanStatus("sha256:" + "0".repeat(64), 3, 1, 1L))
                .slices(new SliceProgress(10, 10))
                .rows(new RowCounts(10, 5, 5))
                .rejected(rejected)
                .result(result)
                .workers(4)
                .selector("filejob.io/uid=x")
                .summary(Summary.of(new SliceProgress(10, 10), new RowCounts(10, 5, 5), result, Duration.ofSeconds(5)))
                .build();
    }
}
