package io.filejob.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.cluster.CrashedItems;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class CrashCounterTest {
    private static final CrashedItems.Item ITEM = new CrashedItems.Item(5, 2);

    private final CrashCounter counter = new CrashCounter(2);

    @Test
    void twoDeathsCrashAnItem() {
        counter.add(ITEM, "SIGSEGV");
        counter.add(new CrashedItems.Item(5, 1), "SIGSEGV");
        counter.add(new CrashedItems.Item(4, 2), "SIGSEGV");
        assertThat(counter.crashed()).isEqualTo(CrashedItems.NONE);

        counter.add(ITEM, "SIGSEGV");
        assertThat(counter.crashed().text()).isEqualTo("5:2");
    }

    @Test
    void workersThatHadBegunTheSliceMayDieOfACrashedItem() {
        for (int deaths = 1; deaths <= 4; deaths++) {
            counter.add(ITEM, "SIGSEGV");
        }
        assertThatThrownBy(() -> counter.add(ITEM, "SIGABRT"))
                .hasMessage("slice 5 has killed 5 workers, the last one: SIGABRT");
    }

    @Test
    void deathsWithoutAnItemCountForTheirSlice() {
        counter.add(OptionalInt.of(5), "SIGKILL");
        counter.add(ITEM, "SIGKILL");
        counter.add(OptionalInt.of(5), "SIGKILL");
        assertThatThrownBy(() -> counter.add(OptionalInt.of(5), "SIGTERM"))
                .hasMessage("slice 5 has killed 3 workers, the last one: SIGTERM");
    }
}
