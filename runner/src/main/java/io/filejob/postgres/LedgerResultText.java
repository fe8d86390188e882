package io.filejob.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.SliceResult;
import org.jspecify.annotations.Nullable;

/** Reads and writes the results of slices stored in the ledger, as JSON. */
final class LedgerResultText {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private LedgerResultText() {}

    static String write(SliceResult result) {
        try {
            return MAPPER.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result cannot be written", e);
        }
    }

    static SliceResult read(String text) {
        try {
            SliceResult result = MAPPER.readValue(text, SliceResult.class);
            if (result == null) {
                throw damaged(null);
            }
            return result;
        } catch (JsonProcessingException e) {
            throw damaged(e);
        }
    }

    private static JobFailedException damaged(@Nullable Exception cause) {
        return new JobFailedException(ExitCode.STORE_LOST, "the table " + LoadLedger.NAME + " is damaged", cause);
    }
}
