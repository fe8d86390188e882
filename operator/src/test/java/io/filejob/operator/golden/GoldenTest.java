package io.filejob.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.operator.golden.ObservedCluster.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.util.diff.DiffUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For the objects that it observes, the operator writes the status, the objects and the events that a folder below
 * {@code golden} lists, and nothing else. {@code -Dfilejob.golden.rewrite=true} writes these files instead of comparing
 * them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GoldenTest {
    private static final Path FOLDERS = Path.of("src/test/resources/golden");
    private static final boolean REWRITE = Boolean.getBoolean("filejob.golden.rewrite");
    /** Lines shown before and after a difference. */
    private static final int CONTEXT = 5;

    private final ObservedCluster cluster = new ObservedCluster();
    private final ObservedOperator operator = new ObservedOperator(cluster);

    @AfterAll
    void close() {
        operator.close();
        cluster.close();
    }

    private static Stream<Named<Path>> folders() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDERS)) {
            return folders.sorted().map(folder -> Named.of(folder.getFileName().toString(), folder)).toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("folders")
    void theOperatorWritesTheObjectsOfTheFolder(Path folder) throws Exception {
        GoldenCase golden = new GoldenCase(folder);
        cluster.contains(golden.objects());

        operator.reconcile(golden.settings());

        List<Change> changes = cluster.changes();
        Map<String, String> actual = golden.marked(WrittenFiles.of(changes));
        if (REWRITE) {
            assertThat(System.getenv("CI"))
                    .as("expected files are not rewritten in CI")
                    .isNotEqualTo("true");
            golden.rewrite(actual);
        } else {
            assertThat(difference(golden.expected(), actual))
                    .as("- expected in %s, + written by the operator", folder)
                    .isEmpty();
        }
    }

    /** Returns the differences in structure as a unified diff, in which keys are sorted. */
    private static String difference(Map<String, String> expected, Map<String, String> actual) {
        TreeSet<String> names = new TreeSet<>(expected.keySet());
        names.addAll(actual.keySet());
        StringBuilder difference = new StringBuilder();
        for (String name : names) {
            List<String> before = lines(expected.get(name));
            List<String> now = lines(actual.get(name));
            if (!before.equals(now)) {
                DiffUtils.generateUnifiedDiff(name, name, before, DiffUtils.diff(before, now), CONTEXT)
                        .forEach(line -> difference.append(line).append('\n'));
            }
        }
        return difference.toString();
    }

    private static List<String> lines(@Nullable String file) {
        return file == null ? List.of() : Yaml.write(Yaml.read(file)).lines().toList();
    }
}
