package io.filejob.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.value.Json;
import org.junit.jupiter.api.Test;

final class FileJobStatusTest {
    /** Other programs may write the status, too. */
    @Test
    void aStatusWithoutConditionsHasNone() {
        FileJobStatus status =
                Json.bind(Json.object().put("phase", "Running").put("message", "m"), FileJobStatus.class);
        assertThat(status.conditions()).isEmpty();
    }
}
