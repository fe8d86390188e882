package io.filejob.service.upload;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;

/** Problems of uploads. */
final class UploadProblems {
    private UploadProblems() {}

    static ProblemException missing() {
        return new ProblemException(ProblemType.NOT_FOUND, "there is no upload of this identity");
    }

    /** Refuses to write to {@code upload} from another offset than its end. */
    static void checkOffset(Upload upload, long offset) {
        if (upload.isComplete()) {
            throw new ProblemException(ProblemType.CONFLICT, "the upload is complete");
        }
        if (upload.bytes() != offset) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Upload-Offset: not the end of the upload (" + offset + "); continue at " + upload.bytes());
        }
    }
}
