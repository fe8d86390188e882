package io.filejob.service.upload;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The uploads that a writer has open, and their identities. Thread-safe. */
final class OpenUploads {
    private static final Pattern UUIDS = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Set<String> open = ConcurrentHashMap.newKeySet();

    /** Returns whether {@code id} can be the identity of an upload, and so the name of a folder. */
    static boolean isId(String id) {
        return UUIDS.matcher(id).matches();
    }

    void lock(String id) {
        if (!open.add(id)) {
            throw new ProblemException(
                    ProblemType.LOCKED, "another request writes the upload; try again when it has ended");
        }
    }

    void release(String id) {
        open.remove(id);
    }
}
