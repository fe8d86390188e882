package io.filejob.storage.s3;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.ContentHeaders;
import io.filejob.file.Folder;
import io.filejob.file.ResultFolder;
import io.filejob.plan.InputFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** A prefix in a bucket for results, each of which is written with one request and streamed from its file. */
public final class ResultPrefix implements ResultFolder {
    private static final ExitCode LOSS = ExitCode.NO_OUTPUT;

    private final S3Storage storage;
    /** The prefix, with a key that is empty or ends in a slash. */
    private final S3Location prefix;

    private final S3Folder objects;

    /** Refers to the objects below {@code uri}. */
    public ResultPrefix(S3Storage storage, String uri) {
        S3Location folder = S3Location.ofFolder(uri);
        this.storage = storage;
        this.prefix = folder.key().isEmpty() ? folder : folder.at(folder.key() + "/");
        this.objects = new S3Folder(storage, prefix, LOSS);
    }

    private S3Location object(String name) {
        return prefix.at(prefix.key() + name);
    }

    @Override
    public void check() {
        storage.check(prefix, LOSS, "objects below " + prefix.uri() + " cannot be written");
    }

    @Override
    public void create() {
        // Objects need no folder.
    }

    @Override
    public OptionalLong size(String name) {
        return storage.pin(object(name), LOSS)
                .map(InputFile::size)
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    @Override
    public void put(String name, Path file, ContentHeaders headers) {
        try {
            put(name, RequestBody.fromFile(file), request -> request.contentType(headers.type())
                    .cacheControl(headers.cacheControl()));
        } catch (UncheckedIOException e) {
            throw new JobFailedException(ExitCode.STORE_LOST, "the file " + file + " cannot be read", e);
        }
    }

    @Override
    public void put(String name, byte[] content) {
        put(name, RequestBody.fromBytes(content), request -> {});
    }

    private void put(String name, RequestBody content, Consumer<PutObjectRequest.Builder> headers) {
        S3Location object = object(name);
        try {
            storage.client()
                    .putObject(
                            request -> headers.accept(
                                    request.bucket(object.bucket()).key(object.key())),
                            content);
        } catch (SdkException e) {
            throw S3Errors.failure(e, LOSS, object.uri() + " cannot be written");
        }
    }

    @Override
    public Optional<byte[]> find(String name) {
        return objects.find(name);
    }

    @Override
    public List<Folder.Entry> list(String start) {
        return storage.pages(object(start), LOSS).all().stream()
                .map(object ->
                        new Folder.Entry(object.key().substring(prefix.key().length()), object.size(), object.eTag()))
                .toList();
    }

    @Override
    public void delete(String name) {
        objects.delete(name);
    }

    /** Does nothing: an object that is written with one request is never unfinished. */
    @Override
    public void removeUnfinished() {}

    /** Does nothing: a prefix without objects does not exist. */
    @Override
    public void removeIfEmpty() {}
}
