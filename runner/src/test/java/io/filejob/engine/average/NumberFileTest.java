package io.filejob.engine.average;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.spec.GenerateSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NumberFileTest {
    /** These bytes are a promise: a seed gives the same numbers in every version. */
    @Test
    void aSeedAlwaysMeansTheSameNumbers() throws IOException {
        assertThat(lines(spec(2, 3, 42, "0", "1000", 2), 0)).containsExactly("741.57", "159.91", "278.60");
    }

    @Test
    void aFileDoesNotDependOnThoseBeforeIt() throws IOException {
        List<String> oneFile = lines(spec(1, 12, 7, "-5", "5", 3), 0);
        GenerateSpec fourFiles = spec(4, 3, 7, "-5", "5", 3);
        for (int file : new int[] {3, 0, 2, 1}) {
            assertThat(lines(fourFiles, file)).isEqualTo(oneFile.subList(3 * file, 3 * file + 3));
        }
    }

    @Test
    void numbersLieInTheRangeAndReachItsEnds() throws IOException {
        List<String> lines = lines(spec(1, 2000, 1, "-0.10", "0.1", 2), 0);
        assertThat(lines).allSatisfy(line -> assertThat(line).matches("-?0\\.[01][0-9]"));
        assertThat(lines.stream().map(BigDecimal::new).distinct().sorted())
                .containsExactlyElementsOf(IntStream.rangeClosed(-10, 10)
                        .mapToObj(i -> BigDecimal.valueOf(i, 2))
                        .toList());
    }

    @Test
    void theWidestRangesFit() throws IOException {
        assertThat(lines(spec(1, 100, 1, "0", "9223372036854775806", 0), 0))
                .allSatisfy(line -> assertThat(new BigDecimal(line))
                        .isBetween(BigDecimal.ZERO, new BigDecimal("9223372036854775806")));
        assertThat(lines(spec(1, 5, 1, "-4.000000000000000000", "4", 18), 0))
                .allSatisfy(line -> assertThat(line).matches("-?[0-4]\\.[0-9]{18}"));
        assertThat(lines(spec(1, 3, 1, "7", "7", 0), 0)).containsExactly("7", "7", "7");
    }

    @Test
    void aBigFileHasAllItsLines() throws IOException {
        assertThat(lines(spec(1, 10_000, 3, "0", "1000", 2), 0)).hasSize(10_000);
    }

    private static GenerateSpec spec(long files, long entries, long seed, String min, String max, int decimals) {
        return new GenerateSpec(files, entries, seed, min, max, decimals, 1, null);
    }

    private static List<String> lines(GenerateSpec spec, long file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new NumberFile(spec).writeTo(out, file);
        String text = out.toString(StandardCharsets.US_ASCII);
        assertThat(text).endsWith("\n");
        return text.lines().toList();
    }
}
