package io.filejob.callback;

import io.filejob.status.FileJobStatus;
import io.filejob.status.StatusSize;
import java.util.stream.Stream;

/**
 * The part of a status that a message contains: the end of the job, which never changes again, and nothing about the
 * message itself.
 */
final class ToldStatus {
    private ToldStatus() {}

    /**
     * Returns the status with texts that are truncated further each time, and then without samples of bad records and
     * result.
     */
    static Stream<FileJobStatus> levels(FileJobStatus status) {
        FileJobStatus told = status.toBuilder()
                .observedGeneration(null)
                .conditions(status.conditions().stream()
                        .filter(condition -> !condition.type().equals(CallbackMessage.CONDITION))
                        .toList())
                .callback(null)
                .selector(null)
                .build();
        return Stream.of(told, told.toBuilder().rejected(null).result(null).build())
                .flatMap(StatusSize::levels);
    }
}
