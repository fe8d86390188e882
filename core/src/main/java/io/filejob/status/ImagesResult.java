package io.filejob.status;

/**
 * The result of a compression of images.
 *
 * @param images the numbers of images and bytes
 * @param output the file of the rows with their images
 */
public record ImagesResult(ImageCounts images, ResultOutput output) implements JobResult {
    @Override
    public ImagesResult with(ResultOutput written) {
        return new ImagesResult(images, written);
    }

    @Override
    public long failures() {
        return images.failed();
    }

    @Override
    public ResultFields fields() {
        return new ResultFields(this);
    }
}
