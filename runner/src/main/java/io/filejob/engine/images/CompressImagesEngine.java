package io.filejob.engine.images;

import io.filejob.api.FileJobSpec;
import io.filejob.csv.CsvDialect;
import io.filejob.engine.ExternalData;
import io.filejob.engine.OperationEngine;
import io.filejob.engine.OperationSetup;
import io.filejob.engine.SliceWork;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.image.CompressionOptions;
import io.filejob.image.ImageCompressor;
import io.filejob.image.ImageFormat;
import io.filejob.image.LibvipsMissingException;
import io.filejob.image.SizeTarget;
import io.filejob.operation.images.ImageListCheck;
import io.filejob.operation.images.ImageListFiles;
import io.filejob.operation.images.ImageListReader;
import io.filejob.plan.FileSlicing;
import io.filejob.spec.OnBadRecord;
import io.filejob.spec.images.CompressImagesSpec;
import io.filejob.spec.images.ImageLimitsSpec;
import io.filejob.storage.Storage;
import io.filejob.storage.fetch.FetchLimits;
import io.filejob.storage.fetch.Fetcher;
import io.filejob.value.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The operation {@code compressImages}. */
public final class CompressImagesEngine implements OperationEngine<CompressImagesSpec> {
    /** Maximum number of files whose headers are checked before the start; the first slice checks all. */
    private static final int MAX_CHECKED = 100;

    @Override
    public Class<CompressImagesSpec> settings() {
        return CompressImagesSpec.class;
    }

    @Override
    public SliceWork slices(CompressImagesSpec settings, OperationSetup setup) {
        ImageCompressor compressor = compressor();
        ImageListInput input =
                new ImageListInput((FileSlicing) setup.plan().slicing(), setup.storage(), setup.scratch());
        Fetcher fetcher = setup.storage().fetcher(limits(settings.limits()));
        return new CompressImagesWork(
                setup,
                input,
                reader(settings, setup.spec(), input),
                fetcher,
                new ImageSliceWork(
                        fetcher,
                        compressor,
                        options(settings),
                        settings.limits(),
                        setup.spec().memoryBytes(),
                        setup.progress()),
                ImageFolder.open(setup.storage(), settings.to().uri(), setup.job(), setup.attempt()));
    }

    private static ImageCompressor compressor() {
        try {
            return ImageCompressor.open();
        } catch (LibvipsMissingException e) {
            throw new JobFailedException(ExitCode.BAD_MANIFEST, "spec.operation.compressImages: " + e.getMessage(), e);
        }
    }

    /** Returns the reader of a list of images in {@code files}. */
    public static ImageListReader reader(CompressImagesSpec settings, FileJobSpec spec, ImageListFiles files) {
        CsvDialect dialect = CsvDialect.of(Objects.requireNonNull(
                Objects.requireNonNull(spec.input().format()).csv()));
        return new ImageListReader(dialect, settings.columns(), spec.recordBytes(), files);
    }

    private static FetchLimits limits(ImageLimitsSpec limits) {
        return new FetchLimits(limits.bytes().bytes(), Duration.ofSeconds(limits.seconds()), limits.perHost());
    }

    private static CompressionOptions options(CompressImagesSpec settings) {
        return new CompressionOptions(
                format(settings.format()),
                settings.encoderQuality(),
                target(settings.targetBytes()),
                settings.scale(),
                settings.limits().pixels());
    }

    private static @Nullable ImageFormat format(CompressImagesSpec.ImageEncoding encoding) {
        return switch (encoding) {
            case SAME -> null;
            case JPEG -> ImageFormat.JPEG;
            case WEBP -> ImageFormat.WEBP;
            case PNG -> ImageFormat.PNG;
            case AVIF -> ImageFormat.AVIF;
        };
    }

    private static @Nullable SizeTarget target(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return text.endsWith("%")
                ? SizeTarget.ofPercent(Integer.parseInt(text, 0, text.length() - 1, 10))
                : SizeTarget.ofBytes(ByteSize.parse(text).bytes());
    }

    @Override
    public void check(CompressImagesSpec settings, FileJobSpec spec, FileSlicing files, Storage storage, Path scratch) {
        Objects.requireNonNull(compressor());
        ImageFolder.open(storage, settings.to().uri(), "check", "check").check();
        if (files.files().size() <= MAX_CHECKED) {
            reader(settings, spec, new ImageListInput(files, storage, scratch)).columns();
        }
    }

    @Override
    public void checkInput(
            CompressImagesSpec settings, FileJobSpec spec, FileSlicing files, Storage storage, Path scratch) {
        ImageListInput input = new ImageListInput(files, storage, scratch);
        boolean skips = spec.onBadRecord() == OnBadRecord.SKIP;
        new ImageListCheck(reader(settings, spec, input), input, skips, spec.memoryBytes() / 2).run();
    }

    @Override
    public ExternalData data(CompressImagesSpec settings, FileJobSpec spec, String job, Storage storage, Path scratch) {
        return new ExternalData() {
            @Override
            public String remove() {
                return ImageFolder.open(storage, settings.to().uri(), job, "cleanup")
                        .remove();
            }

            // A folder that does not respond must not hide why the run has ended.
            @Override
            public void removeIfEasy() {
                try {
                    remove();
                } catch (JobFailedException e) {
                    return;
                }
            }
        };
    }
}
