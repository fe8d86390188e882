package io.filejob.storage.fetch;

import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.storage.compression.SourceStream;
import io.filejob.storage.local.LocalFile;
import io.filejob.storage.local.LocalLocations;
import io.filejob.storage.s3.ObjectRefusedException;
import io.filejob.storage.s3.S3Download;
import io.filejob.storage.s3.S3Location;
import io.filejob.storage.s3.S3Storage;
import io.filejob.value.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fetches files from the job's object storage and volumes. */
final class StorageFetch {
    private static final Pattern OBJECT = Pattern.compile(
            "(?i:" + Location.S3_SCHEME + ")" + Location.S3_PLACE.replaceFirst("\\*$", "+"), Pattern.DOTALL);

    private StorageFetch() {}

    /** The size of a file that was read, or the reason why it is of no use. */
    private record Outcome(long size, @Nullable FetchException problem) {}

    /** Writes the object at {@code uri} to {@code target}; returns its size. */
    static long object(S3Storage bucket, String uri, Path target, long limit) throws FetchException {
        if (!OBJECT.matcher(uri).matches()) {
            throw new FetchException(FetchProblem.INVALID_URL, "it does not name a bucket and a key");
        }
        try {
            Outcome outcome = S3Download.read(
                    bucket, place(uri), (body, length, encoding) -> read(body, length, encoding, target, limit));
            if (outcome.problem() != null) {
                throw outcome.problem();
            }
            return outcome.size();
        } catch (ObjectRefusedException e) {
            FetchProblem problem =
                    switch (e.kind()) {
                        case MISSING -> FetchProblem.NOT_FOUND;
                        case FORBIDDEN -> FetchProblem.FORBIDDEN;
                        case INVALID -> FetchProblem.BAD_RESPONSE;
                    };
            throw new FetchException(problem, String.valueOf(e.getMessage()), e);
        }
    }

    private static S3Location place(String uri) throws FetchException {
        try {
            return S3Location.of(uri);
        } catch (JobFailedException e) {
            throw new FetchException(FetchProblem.INVALID_URL, String.valueOf(e.getMessage()), e);
        }
    }

    private static Outcome read(InputStream body, long length, @Nullable String encoding, Path target, long limit)
            throws IOException {
        try {
            return new Outcome(FileTransfer.copy(body, length, encoding, target, limit), null);
        } catch (FetchException e) {
            return new Outcome(0, e);
        }
    }

    /** Writes the file at {@code uri}, which must be on a volume, to {@code target}; returns its size. */
    static long file(LocalLocations local, String uri, Path target, long limit) throws FetchException {
        try {
            if (!local.isOnVolume(uri)) {
                throw new FetchException(FetchProblem.ADDRESS_REFUSED, "it is not on a volume of the job");
            }
            try (LocalFile file = local.openNow(uri)) {
                if (file.size() > limit) {
                    throw FileTransfer.tooLarge("" + file.size(), limit);
                }
                return FileTransfer.copy(new SourceStream(file), target, limit);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new FetchException(FetchProblem.NOT_FOUND, IoReason.of(e), e);
        } catch (AccessDeniedException e) {
            throw new FetchException(FetchProblem.FORBIDDEN, IoReason.of(e), e);
        } catch (IOException e) {
            throw new FetchException(FetchProblem.UNAVAILABLE, "it cannot be read: " + IoReason.of(e), e);
        } catch (JobFailedException e) {
            throw problem(e);
        }
    }

    /** Returns the failure for a URI that is not valid, or for a link that leads out of its volume. */
    private static FetchException problem(JobFailedException e) {
        FetchProblem problem =
                switch (e.exitCode()) {
                    case BAD_MANIFEST -> FetchProblem.INVALID_URL;
                    case NO_INPUT -> FetchProblem.ADDRESS_REFUSED;
                    default -> throw e;
                };
        return new FetchException(problem, String.valueOf(e.getMessage()), e);
    }
}
