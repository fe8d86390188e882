package io.filejob.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Statuses are read by more people than the Secrets and signed URLs of a job. */
final class MaskedStatusTest {
    private static final String URL = "https://user:canary@files.example/a.csv?sig=canary:1";

    @Test
    void messagesKeepTheLineButNoCredentials() {
        RejectedRecord bad = new RejectedRecord(URL, 3, "price", "not a number", "x");
        String message = bad.describe();
        assertThat(message).startsWith("https://***@files.example/a.csv?***:3: column \"price\"");
        Condition condition = new Condition("Failed", "True", "BadInput", message, "2026-01-01T00:00:00Z", null);
        FileJobStatus status = FileJobStatus.builder(Phase.FAILED, "cannot read " + URL)
                .conditions(List.of(condition))
                .rejected(new Rejected(null, List.of(bad)))
                .build();
        assertThat(status.conditions().getFirst().message()).isEqualTo(message);
        assertThat(status.toString()).doesNotContain("canary");
    }
}
