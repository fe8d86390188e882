package io.filejob.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.status.FileJobStatus;
import io.filejob.value.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the status of a FileJob that the cluster or a local run has written, and refuses other texts. */
final class StatusReader {
    private StatusReader() {}

    /** Returns the status in {@code tree}, in which no member is null; empty if no release of FileJob writes it. */
    static Optional<FileJobStatus> read(JsonNode tree) {
        boolean whole = hasTexts(tree, "phase", "message")
                && elements(tree.path("conditions")).allMatch(each -> hasTexts(each, "type", "status", "message"))
                && elements(tree.at("/rejected/samples")).allMatch(each -> hasTexts(each, "source", "reason", "text"))
                && !hasNulls(tree);
        return whole ? Json.bindIfPossible(tree, FileJobStatus.class) : Optional.empty();
    }

    private static boolean hasTexts(JsonNode object, String... members) {
        return List.of(members).stream().allMatch(member -> object.path(member).isTextual());
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return list.valueStream();
    }

    private static boolean hasNulls(JsonNode tree) {
        return tree.isNull() || elements(tree).anyMatch(StatusReader::hasNulls);
    }
}
