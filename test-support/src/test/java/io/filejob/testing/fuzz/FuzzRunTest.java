package io.filejob.testing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A fuzzer's failure can be reproduced with its seed. */
final class FuzzRunTest {
    private static final String SEED = "filejob.fuzz.seed";

    private @Nullable String before;

    @BeforeEach
    void clear() {
        before = System.clearProperty(SEED);
    }

    @AfterEach
    void restore() {
        System.clearProperty(SEED);
        if (before != null) {
            System.setProperty(SEED, before);
        }
    }

    @Test
    void failureNamesTheSeedThatBringsItBack() throws Exception {
        List<Long> drawn = new ArrayList<>();
        assertThatThrownBy(() -> FuzzRun.repeat("failing", random -> {
                    drawn.add(random.nextLong());
                    if (drawn.size() == 3) {
                        throw new IllegalStateException("the third");
                    }
                }))
                .isInstanceOf(AssertionError.class)
                .hasRootCauseMessage("the third")
                .satisfies(failure -> {
                    String message = String.valueOf(failure.getMessage());
                    assertThat(message).contains("-D" + SEED + "=");
                    System.setProperty(SEED, message.substring(message.lastIndexOf('=') + 1));
                });
        FuzzRun.repeat("replayed", random -> drawn.add(random.nextLong()));
        assertThat(drawn).hasSize(4);
        assertThat(drawn.getLast()).isEqualTo(drawn.get(2));
        assertThat(drawn.subList(0, 3)).doesNotHaveDuplicates();
    }
}
