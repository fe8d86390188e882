package io.filejob.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

final class JobResultTest {
    private static final JobResult LOADED =
            JobResult.ofRows(499_998, 0, 1, 0, 1).digested();

    /** {@code printf '{"ignored":0,"inserted":499998,"superseded":1,"unchanged":1,"updated":0}' | sha256sum} */
    @Test
    void theDigestOfRowsForATableIsThatOfTheirCountsAsCanonicalJson() {
        assertThat(LOADED.digest())
                .isEqualTo("sha256:7f952942daffcef2a82d2f374f6737aec167566b517d6b182e13003e647a9ac1");
    }

    /** {@code printf '{"average":"499.983287663"}' | sha256sum} */
    @Test
    void whatIsNotThereDoesNotCount() {
        assertThat(JobResult.ofAverage("499.983287663").digested().digest())
                .isEqualTo("sha256:fefeb3661490e46a394bae6f7eb52100ddf861de34e8d6bba67cec5f37928421");
    }

    @Test
    void aCountOfNoneIsShown() throws JsonProcessingException {
        assertThat(new ObjectMapper().writeValueAsString(LOADED))
                .isEqualTo("{\"inserted\":499998,\"updated\":0,\"unchanged\":1,\"ignored\":0,\"superseded\":1,"
                        + "\"digest\":\"sha256:7f952942daffcef2a82d2f374f6737aec167566b517d6b182e13003e647a9ac1\"}");
    }
}
