package io.filejob.engine.images;

import io.filejob.coverage.Coverage;
import io.filejob.image.ImageFormat;
import io.filejob.ledger.ImageListPartial;
import io.filejob.ledger.ImageOutcome;
import io.filejob.ledger.ImagesPartial;
import io.filejob.operation.images.CompressImagesType;
import io.filejob.operation.images.ImageListRow;
import io.filejob.plan.Stage;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcomes of all images of a complete stage, row by row in file order. For one thread. */
final class StoredImages {
    private final Stage stage;
    private final List<ImagesPartial> partials;
    private final OutcomeStore store;
    private final long images;
    private int index = -1;
    private long end;
    private long first;
    private List<ImageOutcome> outcomes = List.of();

    StoredImages(Coverage covered, ImageListPartial list, OutcomeStore store) {
        this.stage = covered.plan().stages().get(1);
        this.partials = covered.partials(stage, ImagesPartial.class);
        this.store = store;
        this.images = list.images();
    }

    /**
     * An image of a row.
     *
     * @param slice the slice that it belongs to
     * @param name its name in the folder; null if it failed
     * @param reason why it failed; null if it is stored
     */
    record StoredImage(
            int slice, @Nullable String name, @Nullable String reason) {}

    /** Returns the images of a row, which follows the row before. */
    List<StoredImage> of(ImageListRow row) {
        List<StoredImage> all = new ArrayList<>();
        for (int i = 0; i < row.urls().size(); i++) {
            ImageOutcome outcome = outcome(row.firstImage() + i);
            all.add(new StoredImage(
                    stage.first() + index,
                    outcome.reason() == null ? name(row.serial(), i + 1, outcome) : null,
                    outcome.reason()));
        }
        return all;
    }

    private ImageOutcome outcome(long image) {
        while (image >= end) {
            index++;
            first = CompressImagesType.firstImage(index, stage.slices(), images);
            end = CompressImagesType.firstImage(index + 1, stage.slices(), images);
            outcomes = store.read(partials.get(index), end - first);
        }
        return outcomes.get(Math.toIntExact(image - first));
    }

    static String name(String serial, int position, ImageOutcome outcome) {
        return ImageFolder.name(
                serial, position, HexFormat.of().parseHex(outcome.digest()), format(outcome.extension()));
    }

    private static ImageFormat format(String extension) {
        for (ImageFormat format : ImageFormat.values()) {
            if (format.extension().equals(extension)) {
                return format;
            }
        }
        // A later release may know more formats; its names are not those of any image here.
        throw ImageListPartials.foreign("an image with the extension " + extension);
    }
}
