package io.filejob.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.manifest.ManifestReader;
import io.filejob.testing.fuzz.FuzzRun;
import io.filejob.validation.InvalidManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An arbitrary manifest is either refused with a reason or survives a round trip of writing and reading. */
@Timeout(900)
final class ManifestFuzzTest {
    private static final String[] VALUES = {
        "null",
        "~",
        "NULL",
        "",
        "''",
        "\"\\0\"",
        "\"\\t\"",
        "yes",
        "0",
        "-1",
        "010",
        "0x1F",
        "1_000",
        "1e400",
        ".inf",
        ".nan",
        "99999999999999999999",
        "1.5",
        "2020-01-01",
        "12:30:45",
        "[]",
        "{}",
        "[{}]",
        "{a: b}",
        "[null]",
        "*a",
        "&a b",
        "!!str 1",
        "!!binary aGk=",
        "!!set {a}",
        "<<",
        "{<<: {a: 1}}",
        "?",
        "|",
        ">",
        "- a",
        "\"#1\"",
        "\"#999999\"",
        "s3://b/k",
        "file:///%00",
        "file://h",
        "file:",
        "https://[::1",
        "1Ki",
        "1e9",
        "9999999Ei",
        "\"\\uD800\"",
        "\"\\x85\"",
        "'*'",
        "'[a'",
        "'{a,b'",
        "..",
        "/"
    };

    @Test
    void mutations() throws Exception {
        List<String> manifests = new ArrayList<>();
        for (String folder : List.of(
                "../core/src/test/resources/manifests/accepted",
                "../core/src/test/resources/manifests/refused",
                "../k8s-examples")) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".yaml"))
                        .sorted()
                        .toList()) {
                    manifests.add(Files.readString(file));
                }
            }
        }
        FuzzRun.repeat("manifests", random -> check(mutated(random, manifests)));
    }

    private static void check(String manifest) {
        try {
            FileJob job = ManifestReader.read(manifest);
            assertThat(ManifestReader.read(ManifestReader.write(job)))
                    .as(manifest)
                    .isEqualTo(job);
        } catch (InvalidManifestException e) {
            assertThat(e.problems()).as(manifest).isNotEmpty();
        } catch (RuntimeException e) {
            throw new AssertionError(manifest, e);
        }
    }

    private static String mutated(SplittableRandom random, List<String> manifests) throws IOException {
        String text = manifests.get(random.nextInt(manifests.size()));
        for (int i = random.nextInt(4); i >= 0; i--) {
            List<String> lines = new ArrayList<>(text.lines().toList());
            if (lines.isEmpty()) {
                return text;
            }
            int at = random.nextInt(lines.size());
            String line = lines.get(at);
            int column = random.nextInt(line.length() + 1);
            String value = RandomBytes.pick(random, VALUES);
            switch (random.nextInt(9)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
                case 2 -> lines.set(at, line.replaceFirst("(:\\s*)[^,{}\\[\\]]*", "$1" + quoteReplacement(value)));
                case 3 -> lines.set(at, line.substring(0, column) + value + line.substring(column));
                case 4 -> lines.set(at, line.substring(0, column));
                case 5 -> lines.set(at, " ".repeat(random.nextInt(4)) + line);
                case 6 -> Collections.shuffle(lines, new Random(random.nextLong()));
                case 7 -> lines.set(at, line.replaceAll("[\"']", ""));
                default -> lines.set(at, line.replaceFirst("[a-zA-Z]+:", quoteReplacement(value) + ":"));
            }
            text = String.join("\n", lines) + "\n";
        }
        return text;
    }

    private static String quoteReplacement(String value) {
        return value.replace("\\", "\\\\").replace("$", "\\$");
    }
}
