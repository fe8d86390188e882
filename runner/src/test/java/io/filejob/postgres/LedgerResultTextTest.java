package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.failure.JobFailedException;
import io.filejob.ledger.LoadedPartial;
import io.filejob.ledger.SliceResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results of slices in the table of a database, which others can write. */
final class LedgerResultTextTest {
    @Test
    void resultsComeBack() {
        SliceResult result = SliceResult.later(3, new LoadedPartial(1, 2, 3, 4, 5));
        assertThat(LedgerResultText.read(LedgerResultText.write(result))).isEqualTo(result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "", "[]", "{}", "0", "\"\"", "[null]"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> LedgerResultText.read(text))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("filejob_ledger is damaged");
    }
}
