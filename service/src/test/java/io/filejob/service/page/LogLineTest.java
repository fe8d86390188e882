package io.filejob.service.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogLineTest {
    @Test
    void anEventIsShownAsItsMessage() {
        assertThat(
                        LogLine.readable(
                                "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"level\":\"ERROR\",\"message\":\"a \\\"b\\\"\",\"job\":\"x\"}"))
                .isEqualTo("2026-01-01T00:00:00Z ERROR a \"b\"");
        assertThat(LogLine.readable(
                        "{\"timestamp\":\"t\",\"level\":\"ERROR\",\"message\":\"bug\",\"stackTrace\":\"a\\n b\\n\"}"))
                .isEqualTo("t ERROR bug\na\n b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"filejob: done", "{broken", "{\"other\":1}", "{}", ""})
    void otherLinesAreShownAsTheyAre(String line) {
        assertThat(LogLine.readable(line)).isEqualTo(line);
    }
}
