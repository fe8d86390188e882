package io.filejob.service.page;

import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.UriScheme;
import io.filejob.image.ImageFormat;
import io.filejob.service.ServiceSettings;
import io.filejob.service.ServiceSettings.HostKind;
import io.filejob.service.job.Content.LocalContent;
import io.filejob.service.job.Content.StreamedContent;
import io.filejob.service.job.SecretUrl;
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
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Fetches images that this service does not hold, as workers do: addresses are checked at each redirect, and size and time
 * are limited. In a cluster all connections are checked, also those to object storage, since a job may name any address: its
 * objects are fetched by URLs that are signed with the Secret of the job. Thread-safe.
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
    private final Map<String, String> environment;
    private final Semaphore turns = new Semaphore(MAX_FETCHES);

    @Inject
    OriginalImages(ServiceSettings settings) {
        this(settings, System.getenv());
    }

    /** Creates an instance with the variables of another environment, in which the administrator allows hosts. */
    OriginalImages(ServiceSettings settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = environment;
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
        if (settings.host() == HostKind.CLUSTER && UriScheme.of(url.strip()) == UriScheme.FILE) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "the service fetches only originals on the web and in object storage");
        }
        return image(() -> fetchNow(job, secrets, url.strip()));
    }

    /** Fetches the image at {@code location}, a signed URL of an object of {@code job}; fails like {@link #fetch}. */
    OriginalImage fetch(FileJob job, URI location) {
        return image(() -> fetchInCluster(job, location.toString()));
    }

    /**
     * Returns the first rows of the file at {@code location}, a signed URL of an object of {@code job}; fails like {@link
     * #fetch}.
     */
    CsvPreview rows(FileJob job, URI location) {
        return inTurn(() -> {
            Path file = fetchInCluster(job, location.toString());
            try {
                return ContentStart.csv(new LocalContent("rows", "text/csv", file), -1);
            } finally {
                Files.deleteIfExists(file);
            }
        });
    }

    /** Returns an original on a volume; fails like {@link #fetch}. */
    static OriginalImage onVolume(StreamedContent file) throws IOException {
        if (file.size() > LIMITS.bytes()) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    file.fileName() + " is too large to be shown (" + file.size() + " bytes; at most " + LIMITS.bytes()
                            + ")");
        }
        PushbackInputStream in = new PushbackInputStream(file.open(0, file.size()), START);
        boolean isImage = false;
        try {
            byte[] start = in.readNBytes(START);
            in.unread(start);
            OriginalImage image = new OriginalImage(type(start), in);
            isImage = true;
            return image;
        } finally {
            if (!isImage) {
                in.close();
            }
        }
    }

    /** Fetches a file into a temporary one. */
    private interface FileFetch<T> {
        T run() throws FetchException, IOException;
    }

    private OriginalImage image(FileFetch<Path> fetch) {
        return inTurn(() -> opened(fetch.run()));
    }

    private <T> T inTurn(FileFetch<T> fetch) {
        takeTurn();
        try {
            return fetch.run();
        } catch (FetchException e) {
            throw new ProblemException(
                    e.problem() == FetchProblem.ADDRESS_REFUSED ? ProblemType.FORBIDDEN : ProblemType.NOT_FOUND,
                    "the file cannot be fetched: " + e.getMessage());
        } catch (IOException | JobFailedException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "the file cannot be fetched: " + e.getMessage());
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

    private Path fetchNow(FileJob job, Secrets secrets, String url) throws FetchException, IOException {
        if (settings.host() == HostKind.CLUSTER) {
            boolean isObject = UriScheme.of(url) == UriScheme.S3;
            return fetchInCluster(
                    job, isObject ? SecretUrl.of(job, url, secrets).toString() : url);
        }
        try (Storage storage = Storage.of(job.spec(), Path.of("/"), secrets, Mounts.of(List.of()));
                Fetcher fetcher = storage.fetcher(LIMITS)) {
            return fetched(fetcher, url);
        }
    }

    private Path fetchInCluster(FileJob job, String url) throws FetchException, IOException {
        HostGuard guard = HostGuard.ofPod(job.spec().network(), environment);
        try (Fetcher fetcher = new Fetcher(
                LIMITS,
                guard,
                () -> {
                    throw new JobFailedException(ExitCode.CREDENTIALS_REFUSED, "not a file on the web");
                },
                new LocalLocations(Path.of("/"), Mounts.of(List.of())))) {
            return fetched(fetcher, url);
        }
    }

    private static Path fetched(Fetcher fetcher, String url) throws FetchException, IOException {
        Path file = Files.createTempFile("filejob-original-", ".image");
        // After a failure, the fetcher has deleted the file.
        fetcher.fetch(url, file);
        return file;
    }

    private static OriginalImage opened(Path file) throws IOException {
        boolean isImage = false;
        try {
            String type = type(file);
            isImage = true;
            return new OriginalImage(type, Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE));
        } finally {
            if (!isImage) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String type(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return type(in.readNBytes(START));
        }
    }

    private static String type(byte[] start) {
        return ImageFormat.of(start)
                .filter(SHOWN::contains)
                .map(ImageFormat::contentType)
                .orElseThrow(() ->
                        new ProblemException(ProblemType.NOT_FOUND, "the original is not an image that browsers show"));
    }
}
