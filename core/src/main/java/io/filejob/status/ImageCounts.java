package io.filejob.status;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import java.util.Locale;

/** The numbers of images and bytes of a compression; {@code in} equals the sum of {@code compressed}, {@code kept} and {@code failed}. */
@JsonPropertyOrder({"in", "compressed", "kept", "failed", "bytesIn", "bytesOut"})
public record ImageCounts(
        @JsonPropertyDescription("The number of images that the rows name; a URL counts as often as it occurs.")
        @Required
        long in,

        @JsonPropertyDescription("The number of compressed images.") @Required
        long compressed,

        @JsonPropertyDescription(
                "The number of images stored as they were, since compression did not make them smaller.")
        @Required
        long kept,

        @JsonPropertyDescription("The number of images that could not be fetched or compressed.") @Required
        long failed,

        @JsonPropertyDescription("The size in bytes of the compressed and kept images before the compression.")
        @Required
        long bytesIn,

        @JsonPropertyDescription("The size in bytes of the stored images.") @Required
        long bytesOut) {
    /** No images. */
    public static final ImageCounts NONE = new ImageCounts(0, 0, 0, 0, 0, 0);

    /** Returns the sums of both counts. */
    public ImageCounts plus(ImageCounts other) {
        return new ImageCounts(
                in + other.in,
                compressed + other.compressed,
                kept + other.kept,
                failed + other.failed,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut);
    }

    /** Returns the number of images and the saved bytes, as {@code 1,204 images, 51% smaller}. */
    public String describe() {
        String images = String.format(Locale.ROOT, "%,d image%s", in, in == 1 ? "" : "s");
        if (bytesIn == 0) {
            return images;
        }
        long percent = Math.round(100.0 * (bytesIn - bytesOut) / bytesIn);
        return images + ", " + Math.abs(percent) + "% " + (percent < 0 ? "larger" : "smaller");
    }
}
