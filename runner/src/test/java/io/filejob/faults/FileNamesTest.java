package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files with names that are not ASCII, or not valid text, are read, or refused with their name. */
final class FileNamesTest {
    private static final Map<String, String> UTF_8 = Map.of("LC_ALL", "C.UTF-8");
    private static final Map<String, String> ASCII = Map.of("LC_ALL", "C");

    @RegisterExtension
    final Workbench bench = new Workbench();

    /** Java itself cannot create a file with a name that is not valid text. */
    @BeforeEach
    void files() throws Exception {
        List<String> script = List.of("sh", "-c", """
                mkdir accents bytes &&
                printf 'price\\n1\\n' > "accents/$(printf 'caf\\303\\251.csv')" &&
                printf 'price\\n1\\n' > "bytes/$(printf 'caf\\351.csv')"
                """);
        Process made =
                new ProcessBuilder(script).directory(bench.folder().toFile()).start();
        assertThat(made.waitFor()).isZero();
    }

    @Test
    void accentsAreReadWhereTheLocaleIsUtf8() {
        assertThat(run(UTF_8, "accents/*.csv").with(0).out()).contains("average");
        assertThat(run(UTF_8, "accents/caf\u00e9.csv").with(0).out()).contains("average");
    }

    @Test
    void accentsAreReadOrRefusedByNameWhereItIsNot() {
        for (String files :
                List.of("accents/*.csv", "accents", "accents/caf\u00e9.csv", "file:accents/caf%C3%A9.csv")) {
            assertThat(run(ASCII, files).with(files.contains("caf") ? 78 : 66).err())
                    .contains("accents/caf", "LC_ALL=C.UTF-8")
                    .doesNotContain("internal error");
        }
    }

    @Test
    void whatIsNotTextIsRefusedByName() {
        for (Map<String, String> locale : List.of(UTF_8, ASCII)) {
            for (String files : List.of("bytes/*.csv", "bytes", "**")) {
                assertThat(run(locale, files).with(66).err()).contains("caf").doesNotContain("internal error");
            }
        }
        assertThat(run(UTF_8, "bytes/*.csv").err()).contains("its name is not UTF-8; rename it");
    }

    private FilejobProcess.End run(Map<String, String> locale, String files) {
        bench.manifest("job.yaml", "input: {files: [\"" + files + "\"]}, operation: {average: {column: price}}");
        return bench.start(new Workbench.How().environment(locale), "run", "job.yaml")
                .end();
    }
}
