package io.filejob.operation.images;

import io.filejob.api.FileJobSpec;
import io.filejob.coverage.Coverage;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.ImageListPartial;
import io.filejob.ledger.ImagesPartial;
import io.filejob.operation.DescribedResult;
import io.filejob.operation.OperationType;
import io.filejob.plan.Cut;
import io.filejob.plan.Stage;
import io.filejob.spec.InputSpec;
import io.filejob.spec.images.CompressImagesSpec;
import io.filejob.status.ImageCounts;
import io.filejob.status.JobResult;
import java.util.Locale;
import java.util.Map;

/**
 * The operation {@code compressImages}. One slice checks the whole input before anything is fetched; each slice of the
 * reduce stage fetches, compresses and stores some dozens of images.
 */
public final class CompressImagesType implements OperationType<CompressImagesSpec> {
    /** Number of input bytes for each slice of images: the rows of some dozens of images. */
    private static final long BYTES_PER_SLICE = 2 << 10;

    /** The stages before and after have a slice each. */
    private static final int MAX_IMAGE_SLICES = InputSpec.MAX_SLICES - 2;

    @Override
    public String name() {
        return "compressImages";
    }

    @Override
    public Class<CompressImagesSpec> settings() {
        return CompressImagesSpec.class;
    }

    @Override
    public Map<String, Class<?>> partials() {
        return Map.of("imageList", ImageListPartial.class, "images", ImagesPartial.class);
    }

    @Override
    public boolean readsInputAtOnce() {
        return true;
    }

    @Override
    public int enoughSlices() {
        return 1;
    }

    @Override
    public int reduceSlices(CompressImagesSpec settings, long bytes, int slices) {
        return Math.clamp(Math.ceilDiv(bytes, BYTES_PER_SLICE), 1, MAX_IMAGE_SLICES);
    }

    @Override
    public boolean fits(CompressImagesSpec settings, Cut cut, int slices) {
        return slices <= 1 && cut.reduceSlices() >= 1 && cut.reduceSlices() <= MAX_IMAGE_SLICES;
    }

    @Override
    public boolean reducesAlways() {
        return true;
    }

    @Override
    public boolean publishesAlways() {
        return true;
    }

    @Override
    public MemoryUse memoryUse() {
        return MemoryUse.NATIVE;
    }

    @Override
    public boolean leavesData() {
        return true;
    }

    /** Fetching an image takes far more time than reading its row. */
    @Override
    public double reduceEffort(CompressImagesSpec settings) {
        return 50;
    }

    @Override
    public String describe(CompressImagesSpec settings, Stage.Kind stage) {
        return switch (stage) {
            case MAP -> "map (check the whole list, before anything is fetched)";
            case REDUCE -> "reduce (fetch, compress and store images)";
            case PUBLISH -> "publish (write the rows with their images, and the bad records)";
        };
    }

    @Override
    public DescribedResult result(FileJobSpec spec, CompressImagesSpec settings, Coverage coverage) {
        long images = images(coverage);
        ImageCounts counts = counts(coverage);
        if (counts.in() != images) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST,
                    "the ledgers hold " + counts.in() + " images, and the list has " + images
                            + ": they were not written for this plan; start a new job");
        }
        String message = counts.describe()
                + (counts.failed() == 0 ? "" : String.format(Locale.ROOT, ", %,d failed", counts.failed()))
                + String.format(
                        Locale.ROOT, ", of %s in %s", DescribedResult.rows(coverage), DescribedResult.files(coverage));
        return DescribedResult.of(spec, coverage, JobResult.ofImages(counts), message);
    }

    /** Returns the number of images of the list; 0 if there is no input. */
    public static long images(Coverage coverage) {
        return coverage.partials(coverage.plan().stages().getFirst(), ImageListPartial.class).stream()
                .mapToLong(ImageListPartial::images)
                .sum();
    }

    private static ImageCounts counts(Coverage coverage) {
        ImageCounts counts = ImageCounts.NONE;
        for (ImagesPartial partial : coverage.partials(coverage.plan().stages().get(1), ImagesPartial.class)) {
            counts = counts.plus(partial.counts());
        }
        return counts;
    }

    /** Returns the first image of slice {@code slice} of {@code slices}, of {@code images} images; that of the next slice is its end. */
    public static long firstImage(int slice, int slices, long images) {
        return Math.multiplyExact(images, slice) / slices;
    }
}
