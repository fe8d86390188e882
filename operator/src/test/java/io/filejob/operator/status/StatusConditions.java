package io.filejob.operator.status;

import io.filejob.status.Condition;
import io.filejob.status.FileJobStatus;
import java.util.List;

/** Reads the conditions of a status. */
final class StatusConditions {
    private StatusConditions() {}

    static Condition condition(FileJobStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no condition " + type + " in " + status.conditions()));
    }

    static List<String> trueOnes(FileJobStatus status) {
        return status.conditions().stream()
                .filter(condition -> condition.status().equals("True"))
                .map(Condition::type)
                .toList();
    }
}
