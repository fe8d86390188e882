package io.filejob.service.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.value.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the values of a row that a page ends with as a text for URLs. */
final class RowCursor {
    private RowCursor() {}

    static String of(List<@Nullable String> values) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(values));
    }

    /** Returns the values; throws {@link ProblemException} unless there are {@code count}. */
    static List<@Nullable String> parse(String cursor, int count) {
        List<@Nullable String> values = new ArrayList<>();
        for (JsonNode value : array(cursor)) {
            values.add(value.isNull() ? null : value.asText());
        }
        if (values.size() != count) {
            throw invalid();
        }
        return values;
    }

    private static JsonNode array(String cursor) {
        try {
            return Json.parse(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8))
                    .filter(JsonNode::isArray)
                    .orElseThrow(RowCursor::invalid);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static ProblemException invalid() {
        return new ProblemException(
                ProblemType.BAD_REQUEST,
                "after: not a cursor of this list; use the value of next in the previous page");
    }
}
