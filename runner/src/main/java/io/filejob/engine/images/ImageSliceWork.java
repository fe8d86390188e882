package io.filejob.engine.images;

import io.filejob.engine.WorkInProgress;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.image.CompressedImage;
import io.filejob.image.CompressionOptions;
import io.filejob.image.ImageCompressor;
import io.filejob.image.ImageException;
import io.filejob.ledger.ImageOutcome;
import io.filejob.security.Sha256;
import io.filejob.spec.images.ImageLimitsSpec;
import io.filejob.storage.fetch.Fetcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Fetches and compresses the images of a slice: several are fetched while one is compressed, so that a worker holds the
 * memory of one compression. For one thread.
 */
final class ImageSliceWork {
    /** The reason for which an image fails that has killed workers. */
    private static final String CRASHED = "Crashed";

    private final Fetcher fetcher;
    private final ImageCompressor compressor;
    private final CompressionOptions options;
    private final ImageLimitsSpec limits;
    private final long memory;
    private final WorkInProgress progress;

    ImageSliceWork(
            Fetcher fetcher,
            ImageCompressor compressor,
            CompressionOptions options,
            ImageLimitsSpec limits,
            long memory,
            WorkInProgress progress) {
        this.fetcher = fetcher;
        this.compressor = compressor;
        this.options = options;
        this.limits = limits;
        this.memory = memory;
        this.progress = progress;
    }

    /**
     * Returns what became of the image at each of {@code urls}, which are given with their numbers in {@code slice}; files
     * are in {@code folder}, which must be empty.
     */
    Map<String, CompressedFile> run(int slice, Map<String, Integer> urls, Path folder) {
        Map<String, CompressedFile> all = new HashMap<>();
        Set<Integer> crashed = progress.crashed(slice);
        Map<String, Integer> open = new LinkedHashMap<>();
        urls.forEach((url, item) -> {
            if (crashed.contains(item)) {
                all.put(url, CompressedFile.failed(CRASHED));
            } else {
                open.put(url, item);
            }
        });
        try (ImageFetches fetches = new ImageFetches(
                fetcher, open.keySet(), limits.perHost(), limits.bytes().bytes(), folder)) {
            for (int i = 0; i < open.size(); i++) {
                FetchedImage image = fetches.take();
                all.put(
                        image.url(),
                        image.reason() == null
                                ? compressed(image, Objects.requireNonNull(open.get(image.url())))
                                : CompressedFile.failed(image.reason()));
                fetches.release(image);
            }
        }
        return all;
    }

    /** If the process dies meanwhile, or an error ends it, the record of its progress names the image. */
    private CompressedFile compressed(FetchedImage image, int item) {
        progress.beginItem(item);
        CompressedFile compressed = compressed(image);
        progress.endItem();
        return compressed;
    }

    private CompressedFile compressed(FetchedImage image) {
        try {
            CompressedImage result = compressor.compress(image.file(), options, memory);
            byte[] bytes = result.bytes();
            if (!result.kept()) {
                Files.write(image.file(), bytes);
            }
            String digest = new Sha256().update(bytes, 0, bytes.length).hex(ImageOutcome.DIGITS / 2);
            return new CompressedFile(
                    ImageOutcome.stored(result.format().extension(), digest, result.kept()),
                    result.format(),
                    image.file(),
                    image.bytes(),
                    bytes.length);
        } catch (ImageException e) {
            delete(image.file());
            return CompressedFile.failed(e.problem().reason());
        } catch (IOException e) {
            throw failure(image.file(), e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static JobFailedException failure(Path file, IOException e) {
        return new JobFailedException(
                ExitCode.STORE_LOST, "the file " + file + " in scratch space cannot be used: " + IoReason.of(e), e);
    }
}
