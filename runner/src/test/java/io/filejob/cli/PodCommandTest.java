package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Arguments bypass the command line parser only if it would interpret them in the same way. */
final class PodCommandTest {
    private static final Map<String, String> POD =
            Map.of("JOB_COMPLETION_INDEX", "3", "FILEJOB_ATTEMPT", "01b3875d-3cea-4b21-87cc-af19c7b2ee7c");

    private static boolean isPod(Map<String, String> environment, String... arguments) {
        return PodCommand.is(arguments, environment);
    }

    @Test
    void whatAPodRunsIsKnown() {
        assertThat(isPod(POD, "work", "--config-map", "average-1643ef2f")).isTrue();
    }

    @Test
    void everythingElseIsParsed() {
        assertThat(isPod(POD, "work", "--config-map", "average", "--index")).isFalse();
        assertThat(isPod(POD, "run", "--config-map", "average")).isFalse();
        assertThat(isPod(POD, "work", "--store", "average")).isFalse();
        assertThat(isPod(POD, "work", "--config-map", "No Name")).isFalse();
        assertThat(isPod(POD, "work", "--config-map", "--help")).isFalse();
    }

    @Test
    void withoutAPodsEnvironmentItIsParsedToo() {
        String[] arguments = {"work", "--config-map", "average"};
        assertThat(PodCommand.is(arguments, Map.of())).isFalse();
        assertThat(PodCommand.is(arguments, Map.of("JOB_COMPLETION_INDEX", "3", "FILEJOB_ATTEMPT", "short")))
                .isFalse();
        assertThat(PodCommand.is(arguments, Map.of("JOB_COMPLETION_INDEX", "-1", "FILEJOB_ATTEMPT", "01b3875d")))
                .isFalse();
    }
}
