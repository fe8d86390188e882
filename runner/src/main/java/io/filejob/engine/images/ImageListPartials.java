package io.filejob.engine.images;

import io.filejob.coverage.Coverage;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.ImageListPartial;
import io.filejob.ledger.PackedNumbers;
import java.util.List;

/** Finds the checked list of images in ledgers. */
final class ImageListPartials {
    private ImageListPartials() {}

    /** Returns the list; an empty one if there is no input. */
    static ImageListPartial of(Coverage covered) {
        List<ImageListPartial> lists = covered.partials(covered.plan().stages().getFirst(), ImageListPartial.class);
        return lists.isEmpty() ? new ImageListPartial(0, PackedNumbers.NONE, PackedNumbers.NONE) : lists.getFirst();
    }

    /** Returns the failure for ledgers with {@code content}, which no worker of this job has written. */
    static JobFailedException foreign(String content) {
        return new JobFailedException(
                ExitCode.STORE_LOST,
                "the ledgers hold " + content + ": they were not written for this plan; start a new job");
    }
}
