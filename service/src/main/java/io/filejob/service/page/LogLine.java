package io.filejob.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.value.Json;

/** Lines of logs as a page shows them. */
final class LogLine {
    private LogLine() {}

    /** Returns time, level and message of an event in JSON; other lines as they are. */
    static String readable(String line) {
        if (!line.startsWith("{")) {
            return line;
        }
        JsonNode event = Json.parse(line).orElse(null);
        if (event == null || !event.path("message").isTextual()) {
            return line;
        }
        String text = event.path("timestamp").asText() + " "
                + event.path("level").asText() + " " + event.path("message").asText();
        String stackTrace = event.path("stackTrace").asText();
        return stackTrace.isEmpty() ? text : text + "\n" + stackTrace.stripTrailing();
    }
}
