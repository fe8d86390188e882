package io.filejob.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of CONTRIBUTING for the sources of all modules, which no compiler checks. */
final class SourceFilesTest {
    private static final int MAX_LINES = 300;
    /** The loop over simple rows, which is compiled as a whole. */
    private static final Set<String> LONG = Set.of("SimpleRowFastPath.java");
    /** Each store of ledgers remembers the version of a ledger that it has read. */
    private static final Set<String> ALTERNATIVES = Set.of("Cached");

    private static final Pattern DECLARATION = Pattern.compile(
            "^ *(?:(?:public|protected|private|static|final|abstract|sealed|non-sealed) )*(?:class|record|interface|enum) (\\w+)",
            Pattern.MULTILINE);

    private static List<Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(MarkdownPage.ROOT)) {
            return modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(SourceFilesTest::javaFiles)
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aSimpleNameIsThatOfOneClassInAllModules() throws IOException {
        List<String> names = sources().stream()
                .filter(file -> file.toString().contains("/src/main/"))
                .flatMap(file -> DECLARATION.matcher(text(file)).results())
                .map(declaration -> declaration.group(1))
                .filter(name -> !ALTERNATIVES.contains(name))
                .toList();

        assertThat(names).contains("FileJob", "FileJobReconciler", "Main").doesNotHaveDuplicates();
    }

    @Test
    void filesAreShort() throws IOException {
        assertThat(sources())
                .filteredOn(file -> !LONG.contains(file.getFileName().toString()))
                .allSatisfy(file -> assertThat(text(file).lines().count())
                        .as("lines of %s", file)
                        .isLessThanOrEqualTo(MAX_LINES));
    }

    /** A process that is still ending may write into a temporary folder while that is deleted. */
    @Test
    void killedProcessesAreAwaited() throws IOException {
        String kill = ".destroyForcibly()";
        assertThat(sources())
                .filteredOn(file -> file.toString().contains("/src/test/"))
                .allSatisfy(file -> assertThat(text(file)).doesNotContain(kill + ";"));
    }
}
