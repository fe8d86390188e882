package io.filejob.operation.images;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.status.RejectedRecord;
import java.util.List;

/** Thrown when a list of images has bad rows. */
public final class ImageListException extends JobFailedException {
    private static final long serialVersionUID = 1L;

    private final transient List<RejectedRecord> records;
    private final long number;

    /** Creates a failure because of {@code number} bad rows, of which {@code records} are the first. */
    ImageListException(List<RejectedRecord> records, long number, String message) {
        super(ExitCode.BAD_INPUT, message, MAX_PROBLEMS);
        this.records = List.copyOf(records);
        this.number = number;
    }

    /** Returns the first bad rows. */
    public List<RejectedRecord> records() {
        return records;
    }

    /** Returns the number of bad rows. */
    public long number() {
        return number;
    }
}
