package io.filejob.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "64Mi, 67108864",
        "1k, 1000",
        "1Ki, 1024",
        "1.5Gi, 1610612736",
        "0.001M, 1000",
        "8191Pi, 9222246136947933184"
    })
    void readsQuantities(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(text, bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.5", "64MB", "64mi", "1e3", "8192Pi", "0.0001k", " 1"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
