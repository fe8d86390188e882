package io.filejob;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SkeletonTest {
    @Test
    void runsOnTheRightJava() {
        assertThat(Runtime.version().feature()).isGreaterThanOrEqualTo(25);
    }
}
