package io.filejob.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracle's results match the specification. */
final class AggregateOracleTest {
    private static final Path FOLDER = Path.of("/in");

    static Stream<Example> examples() {
        return Stream.concat(RecordExamples.all(), MeasureExamples.all());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void says(Example example) {
        Expected expected = example.fixture().expected(FOLDER);
        assertThat(expected.failures().stream().limit(1).map(AggregateOracleTest::relative))
                .containsExactlyElementsOf(Stream.of(example.failure())
                        .filter(failure -> !failure.isEmpty())
                        .toList());
        if (!example.failure().isEmpty()) {
            return;
        }
        assertThat(expected.output()).isEqualTo(RandomColumn.bytes(example.output()));
        assertThat(relative(expected.rejects()))
                .isEqualTo("source,line,column,reason,record\n" + RandomColumn.bytes(example.rejects()));
        assertThat(expected.rows().in())
                .isEqualTo(expected.rows().used() + expected.rows().rejected());
    }

    private static String relative(String text) {
        return text.replace(FOLDER + "/", "");
    }
}
