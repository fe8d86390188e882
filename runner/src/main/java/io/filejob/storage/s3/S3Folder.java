package io.filejob.storage.s3;

import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.FileIdentity;
import io.filejob.file.Folder;
import io.filejob.file.PendingFile;
import io.filejob.file.Target;
import io.filejob.ledger.LostPartialException;
import io.filejob.plan.InputFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The objects directly below a prefix of a bucket. */
public final class S3Folder implements Folder {
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;

    private final S3Storage storage;
    /** The prefix, with a key that is empty or ends in a slash. */
    private final S3Location prefix;

    private final ExitCode code;

    /** Creates a folder; {@code code} is the exit code for a failed read or write. */
    public S3Folder(S3Storage storage, S3Location prefix, ExitCode code) {
        boolean open = !prefix.key().isEmpty() && !prefix.key().endsWith("/");
        this.storage = storage;
        this.prefix = open ? prefix.at(prefix.key() + "/") : prefix;
        this.code = code;
    }

    /** Returns the object at {@code uri} for writing. */
    public static Target target(S3Storage storage, String uri) {
        S3Location location = S3Location.of(uri);
        int slash = location.key().lastIndexOf('/');
        if (slash == location.key().length() - 1) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST, uri + " names no object: write a name after the last /");
        }
        S3Location prefix = location.at(location.key().substring(0, slash + 1));
        return new Target(
                new S3Folder(storage, prefix, ExitCode.NO_OUTPUT),
                location.key().substring(slash + 1));
    }

    private S3Location object(String name) {
        return prefix.at(prefix.key() + name);
    }

    @Override
    public String location(String name) {
        return object(name).uri();
    }

    @Override
    public FileIdentity identity(String name) {
        return object(name).identity();
    }

    @Override
    public Optional<String> findName(String start, Predicate<String> wanted) {
        return storage.pages(object(start), code).all().stream()
                .map(object -> object.key().substring(prefix.key().length()))
                .filter(wanted)
                .findFirst();
    }

    /** Begins an object; {@code writer} is not needed, since incomplete objects are never visible. */
    @Override
    public PendingFile create(String name, String writer) {
        return new S3Upload(storage.client(), object(name), code);
    }

    /**
     * Creates a small object unless it exists or appears meanwhile, provided that the service supports conditional
     * writes.
     */
    void createOnce(String name, byte[] content) {
        S3Location object = object(name);
        try {
            storage.client()
                    .putObject(
                            request -> request.bucket(object.bucket())
                                    .key(object.key())
                                    .ifNoneMatch("*"),
                            RequestBody.fromBytes(content));
        } catch (S3Exception e) {
            if (e.statusCode() != PRECONDITION_FAILED && e.statusCode() != CONFLICT) {
                throw S3Errors.failure(e, code, object.uri() + " cannot be written");
            }
        } catch (SdkException e) {
            throw S3Errors.failure(e, code, object.uri() + " cannot be written");
        }
    }

    @Override
    public ByteSource open(String name) {
        InputFile file = storage.pin(object(name), code).orElseThrow(() -> gone(name));
        ByteSource source = storage.open(file, code, (message, cause) -> lost(name, message, cause));
        source.expect(0, source.size());
        return source;
    }

    @Override
    public Optional<byte[]> find(String name) {
        return storage.find(object(name), code);
    }

    private JobFailedException gone(String name) {
        return lost(name, location(name) + " cannot be read: it is gone", null);
    }

    private JobFailedException lost(String name, String message, @Nullable Throwable cause) {
        return code == ExitCode.STORE_LOST
                ? new LostPartialException(name, message, cause)
                : new JobFailedException(code, message, cause);
    }

    @Override
    public List<Entry> list() {
        return storage.pages(prefix, code).all().stream()
                .filter(object -> !object.key().endsWith("/"))
                .map(object -> new Entry(object.key().substring(prefix.key().length()), object.size(), object.eTag()))
                .toList();
    }

    @Override
    public void delete(String name) {
        S3Location object = object(name);
        try {
            storage.client()
                    .deleteObject(request -> request.bucket(object.bucket()).key(object.key()));
        } catch (SdkException e) {
            throw S3Errors.failure(e, code, object.uri() + " cannot be removed");
        }
    }

    @Override
    public void clear() {
        list().forEach(entry -> delete(entry.name()));
        try {
            storage.pages(prefix, code).abortUploads();
        } catch (SdkException e) {
            if (!S3Errors.isUnsupported(e)) {
                throw S3Errors.failure(e, code, prefix.uri() + ": unfinished uploads cannot be removed");
            }
        }
    }
}
