package io.filejob.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CrashedItemsTest {
    @Test
    void textAndItemsAreEquivalent() {
        CrashedItems items = CrashedItems.NONE
                .with(new CrashedItems.Item(12, 3))
                .with(new CrashedItems.Item(2, 40))
                .with(new CrashedItems.Item(12, 0))
                .with(new CrashedItems.Item(2, 40));

        assertThat(items.text()).isEqualTo("2:40,12:0,12:3");
        assertThat(CrashedItems.parse(items.text())).isEqualTo(items);
        assertThat(items.of(12)).containsExactlyInAnyOrder(0, 3);
        assertThat(items.of(1)).isEmpty();
    }

    @Test
    void otherTextIsIgnored() {
        assertThat(CrashedItems.parse(null)).isEqualTo(CrashedItems.NONE);
        assertThat(CrashedItems.parse("")).isEqualTo(CrashedItems.NONE);
        assertThat(CrashedItems.parse("1:2:3,-1:2,sha256:abc,9999999999:1,5:6").text())
                .isEqualTo("5:6");
    }

    /** The operator observes longer annotations as digests only. */
    @Test
    void theTextIsBounded() {
        CrashedItems items = CrashedItems.NONE;
        for (int slice = 0; slice < 1000; slice++) {
            items = items.with(new CrashedItems.Item(100_000_000 + slice, 1));
        }
        assertThat(items.text()).hasSizeBetween(980, 1000).startsWith("100000000:1,100000001:1,");
    }
}
