package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A slice that kills every worker: one of its records needs more memory than they have. */
final class DeadlySliceTest {
    private static final int SLICE_BYTES = 64 << 10;
    private static final int LONG_LINE = 11 << 20;
    private static final String NUMBERS = String.join("\n", Collections.nCopies(50_000, "1.5")) + "\n";
    private static final int SLICE = NUMBERS.length() / SLICE_BYTES;

    @RegisterExtension
    final Workbench bench = new Workbench();

    @Test
    void isNoneWithEnoughMemory() {
        assertThat(Undisturbed.status(manifest()).at("/result/average").asText())
                .isEqualTo("1.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads", "--processes", "--processes -XX:+ExitOnOutOfMemoryError"})
    void isNamedWhenItHasKilledThreeWorkers(String how) {
        List<Object> command = new ArrayList<>(List.of("run", "-q", "-o", "json", manifest()));
        Workbench.How little = new Workbench.How().jvm("-Xmx20m");
        if (how.contains("--processes")) {
            command.add("--processes");
        }
        if (how.contains("-XX")) {
            little.jvm("-XX:+ExitOnOutOfMemoryError");
        }
        FilejobProcess.End end = bench.start(little, command.toArray()).end().with(70);
        assertThat(end.err()).contains("filejob: slice " + SLICE + " has killed 3 workers, the last one: ");
        assertThat(end.json().at("/status/phase").asText()).isEqualTo("Failed");
        assertThat(end.json().at("/status/message").asText()).startsWith("slice " + SLICE + " ");
        bench.assertNoScratch();
    }

    private Path manifest() {
        bench.write("in.txt", NUMBERS + " ".repeat(LONG_LINE) + "1.5\n" + NUMBERS);
        return bench.manifest("job.yaml", Manifests.lines("in.txt", Integer.toString(SLICE_BYTES)));
    }
}
