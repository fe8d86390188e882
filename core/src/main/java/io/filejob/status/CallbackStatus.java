package io.filejob.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** The attempts to call the receiver of {@code spec.callback}, from which a restarted operator continues. */
@JsonPropertyOrder({"attempts", "code", "lastAttemptTime", "nextAttemptTime"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CallbackStatus(
        @JsonPropertyDescription("The number of attempts that have ended.") @Required
        Integer attempts,

        @JsonPropertyDescription("The HTTP status of the last response; absent if there was none.") @Nullable
        Integer code,

        @JsonPropertyDescription("When the last attempt ended (RFC 3339).") @Nullable
        String lastAttemptTime,

        @JsonPropertyDescription("When the next attempt is due (RFC 3339); absent if there is none.") @Nullable
        String nextAttemptTime) {}
