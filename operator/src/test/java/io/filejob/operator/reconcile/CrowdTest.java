package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Many FileJobs in one namespace leave threads for those in others. */
final class CrowdTest {
    private final Crowd crowd = new Crowd(2);

    @Test
    void aNamespaceHasItsShareAndOthersTheirs() {
        assertThat(crowd.enter("flood")).isTrue();
        assertThat(crowd.enter("flood")).isTrue();
        assertThat(crowd.enter("flood")).isFalse();
        assertThat(crowd.enter("shop")).isTrue();

        crowd.leave("flood");

        assertThat(crowd.enter("flood")).isTrue();
        assertThat(crowd.enter("flood")).isFalse();
    }
}
