package io.filejob.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of bad records in a ledger. */
final class RejectsFileTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static RejectsFile read(String json) throws JsonProcessingException {
        return MAPPER.readValue(json, RejectsFile.class);
    }

    @Test
    void isReadAsItWasWritten() throws JsonProcessingException {
        RejectsFile file = new RejectsFile("slice-1-rejects", 1L << 40, 0xFFFFFFFFL);

        assertThat(read(MAPPER.writeValueAsString(file))).isEqualTo(file);
    }

    /** Workers of a job that an earlier release began finish it, and the operator of this one merges their ledgers. */
    @Test
    void mayBeANameAloneInLedgersOfEarlierReleases() throws JsonProcessingException {
        assertThat(read("\"slice-1-rejects\"")).isEqualTo(new RejectsFile("slice-1-rejects", 0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[\"a\", 1]",
                "[1, 2, 3]",
                "[\"a\", \"1\", 2]",
                "[\"a\", 1, null]",
                "[\"a\", 1, 2, 3]",
                "{}",
                "1"
            })
    void isRefusedInAnyOtherForm(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(JsonProcessingException.class);
    }
}
