package io.filejob.service.page;

import io.filejob.status.FileJobStatus;
import io.filejob.status.ImageCounts;
import io.filejob.status.ImagesResult;
import io.filejob.status.RejectedRecord;
import java.util.List;

/**
 * The page of the images of a job.
 *
 * @param jobs all complete jobs with images, the newest first
 * @param current the job that is shown
 * @param images its first images
 * @param needsPod whether they are not read because this would start a pod
 */
record ImagesView(List<JobFigures> jobs, JobFigures current, List<ImageRow> images, boolean needsPod) {
    /** Returns the numbers of images and bytes. */
    public ImageCounts counts() {
        FileJobStatus status = current.job().status();
        return status != null && status.result() instanceof ImagesResult result ? result.images() : ImageCounts.NONE;
    }

    /** Returns the share of bytes that was saved. */
    public String saved() {
        ImageCounts counts = counts();
        return counts.bytesIn() == 0
                ? "–"
                : Math.round(100.0 * (counts.bytesIn() - counts.bytesOut()) / counts.bytesIn()) + "%";
    }

    /** Returns the size of all images before. */
    public String before() {
        return Figures.bytes(counts().bytesIn());
    }

    /** Returns the size of all images after. */
    public String after() {
        return Figures.bytes(counts().bytesOut());
    }

    /** Returns the images that have failed, at most ten. */
    public List<RejectedRecord> failures() {
        FileJobStatus status = current.job().status();
        return status == null || status.rejected() == null
                ? List.of()
                : status.rejected().samples();
    }
}
