package io.filejob.service.page;

import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.UriScheme;
import io.filejob.image.ImageFormat;
import io.filejob.service.ServiceSettings;
import io.filejob.service.ServiceSettings.HostKind;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.storage.Storage;
import io.filejob.storage.fetch.FetchException;
import io.filejob.storage.fetch.FetchLimits;
import io.filejob.storage.fetch.FetchProblem;
import io.filejob.storage.fetch.Fetcher;
import io.filejob.storage.http.HostGuard;
import io.filejob.storage.local.LocalLocations;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Fetches the originals of images, as workers do: addresses are checked at each redirect, and size and time are limited. In
 * a cluster only {@code http:} and {@code https:} are used, since the service has no credentials of jobs. Thread-safe.
 */
@Singleton
final class OriginalImages {
    private static final FetchLimits LIMITS = new FetchLimits(25L << 20, Duration.ofSeconds(20), 4);
    /** The number of images that are fetched at once, for all callers. */
    private static final int MAX_FETCHES = 8;

    private static final int START = 64;
    /** The formats that browsers show, which cannot have scripts. */
    private static final Set<ImageFormat> SHOWN =
            EnumSet.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.GIF, ImageFormat.WEBP, ImageFormat.AVIF);

    private final ServiceSettings settings;
    private final Semaphore turns = new Semaphore(MAX_FETCHES);

    OriginalImages(ServiceSettings settings) {
        this.settings = settings;
    }

    /**
     * An image that was fetched.
     *
     * @param type its media type by its content
     * @param content its bytes, which the caller closes
     */
    record OriginalImage(String type, InputStream content) {}

    /**
     * Fetches {@code url}, which the list of {@code job} names. Throws {@link ProblemException} if that fails or the file is
     * not an image.
     */
    OriginalImage fetch(FileJob job, Secrets secrets, String url) {
        if (settings.host() == HostKind.CLUSTER && UriScheme.of(url.strip()) != UriScheme.HTTP) {
            throw new ProblemException(ProblemType.FORBIDDEN, "the service reads only originals on the web");
        }
        takeTurn();
        try {
            return fetchNow(job, secrets, url);
        } catch (FetchException e) {
            throw new ProblemException(
                    e.problem() == FetchProblem.ADDRESS_REFUSED ? ProblemType.FORBIDDEN : ProblemType.NOT_FOUND,
                    "the original cannot be fetched: " + e.getMessage());
        } catch (IOException | JobFailedException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "the original cannot be fetched: " + e.getMessage());
        } finally {
            turns.release();
        }
    }

    private void takeTurn() {
        try {
            if (turns.tryAcquire(LIMITS.time().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ProblemException(ProblemType.UNAVAILABLE, "too many originals are being fetched; try again");
    }

    private OriginalImage fetchNow(FileJob job, Secrets secrets, String url) throws FetchException, IOException {
        Path file = Files.createTempFile("filejob-original-", ".image");
        boolean isImage = false;
        try {
            if (settings.host() == HostKind.CLUSTER) {
                fetchInCluster(job, url, file);
            } else {
                try (Storage storage = Storage.of(job.spec(), Path.of("/"), secrets, Mounts.of(List.of()));
                        Fetcher fetcher = storage.fetcher(LIMITS)) {
                    fetcher.fetch(url, file);
                }
            }
            String type = type(file);
            isImage = true;
            return new OriginalImage(type, Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE));
        } finally {
            if (!isImage) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void fetchInCluster(FileJob job, String url, Path file) throws FetchException {
        HostGuard guard = HostGuard.ofPod(job.spec().network(), System.getenv());
        try (Fetcher fetcher = new Fetcher(
                LIMITS,
                guard,
                () -> {
                    throw new JobFailedException(ExitCode.CREDENTIALS_REFUSED, "not an image on the web");
                },
                new LocalLocations(Path.of("/"), Mounts.of(List.of())))) {
            fetcher.fetch(url, file);
        }
    }

    private static String type(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return ImageFormat.of(in.readNBytes(START))
                    .filter(SHOWN::contains)
                    .map(ImageFormat::contentType)
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.NOT_FOUND, "the original is not an image that browsers show"));
        }
    }
}
