package io.filejob.service.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.value.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A JSON merge patch (RFC 7386) of a FileJob. Not thread-safe. */
final class JobPatch {
    private final ObjectNode tree = Json.object();

    /** Sets the number of workers, unless it is null. */
    JobPatch workers(@Nullable Integer workers) {
        if (workers != null) {
            tree.withObjectProperty("spec").put("workers", workers);
        }
        return this;
    }

    /** Sets whether the job is suspended, unless it is null. */
    JobPatch suspend(@Nullable Boolean suspend) {
        if (suspend != null) {
            tree.withObjectProperty("spec").put("suspend", suspend);
        }
        return this;
    }

    /** Sets an annotation, or removes it if {@code value} is null. */
    JobPatch annotation(String name, @Nullable String value) {
        tree.withObjectProperty("metadata").withObjectProperty("annotations").put(name, value);
        return this;
    }

    /** Makes the API server refuse the patch if the job has another version, unless it is null. */
    JobPatch version(@Nullable String version) {
        if (version != null) {
            tree.withObjectProperty("metadata").put("resourceVersion", version);
        }
        return this;
    }

    String text() {
        return new String(Json.bytes(tree), StandardCharsets.UTF_8);
    }
}
