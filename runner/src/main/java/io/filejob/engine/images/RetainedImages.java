package io.filejob.engine.images;

import io.filejob.ledger.ImageOutcome;
import io.filejob.ledger.ImagesPartial;
import io.filejob.ledger.LostPartialException;
import io.filejob.ledger.SliceResult;
import io.filejob.status.ImageCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The images of a slice that are stored already, so that a redrive does not fetch them again.
 *
 * @param outcomes the outcomes of all images of the slice before the redrive; empty if no image is retained
 * @param counts the numbers of the retained images and their bytes
 */
record RetainedImages(List<ImageOutcome> outcomes, ImageCounts counts) {
    private static final RetainedImages NONE = new RetainedImages(List.of(), ImageCounts.NONE);

    /**
     * Returns the images of {@code before}, the result of the slice before a redrive, if they are the {@code listed} ones
     * and still in {@code folder}; none otherwise.
     */
    static RetainedImages of(
            @Nullable SliceResult before,
            List<ListedImage> listed,
            String basis,
            OutcomeStore store,
            ImageFolder folder) {
        if (before == null
                || !(before.partial() instanceof ImagesPartial partial)
                || !partial.basis().equals(basis)) {
            return NONE;
        }
        try {
            RetainedImages retained =
                    new RetainedImages(store.read(partial, listed.size()), withoutFailures(partial.counts()));
            return retained.areIn(folder, listed) ? retained : NONE;
        } catch (LostPartialException lost) {
            return NONE;
        }
    }

    private static ImageCounts withoutFailures(ImageCounts counts) {
        return new ImageCounts(
                counts.in() - counts.failed(),
                counts.compressed(),
                counts.kept(),
                0,
                counts.bytesIn(),
                counts.bytesOut());
    }

    private boolean areIn(ImageFolder folder, List<ListedImage> listed) {
        for (int i = 0; i < listed.size(); i++) {
            ListedImage image = listed.get(i);
            if (has(i) && !folder.exists(StoredImages.name(image.serial(), image.position(), outcomes.get(i)))) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the image with this index in the slice is retained. */
    boolean has(int index) {
        return index < outcomes.size() && outcomes.get(index).reason() == null;
    }
}
