package io.filejob.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.ledger.Ledger;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The memory that the cache uses for all jobs together is limited. */
final class JobCacheTest {
    private static final Ledger LEDGER = new Ledger("sha256:00", 0, "attempt", List.of());

    private final JobCache cache = new JobCache(100);

    private void keep(String uid, long weight) {
        cache.of(uid).ledgers().put("ledger", new JobCache.KnownLedger("1", LEDGER, weight));
        cache.settle(uid);
    }

    @Test
    void thoseNotLookedAtForLongestGo() {
        keep("a", 40);
        keep("b", 40);
        cache.of("a");

        keep("c", 40);

        assertThat(cache.knows("a")).isTrue();
        assertThat(cache.knows("b")).isFalse();
        assertThat(cache.knows("c")).isTrue();
    }

    @Test
    void oneThatIsTooLargeIsNotKept() {
        keep("a", 40);
        keep("large", 101);

        assertThat(cache.size()).isZero();
        keep("b", 100);
        assertThat(cache.knows("b")).isTrue();
    }

    @Test
    void onesThatAreGoneTakeNothing() {
        keep("a", 60);
        keep("b", 40);
        cache.retain(Set.of("b"));
        keep("c", 60);

        assertThat(cache.knows("a")).isFalse();
        assertThat(cache.knows("b")).isTrue();
        assertThat(cache.knows("c")).isTrue();
    }
}
