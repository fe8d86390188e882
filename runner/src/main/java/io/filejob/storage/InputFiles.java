package io.filejob.storage;

import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.FileIdentity;
import io.filejob.file.IoReason;
import io.filejob.file.ListingProgress;
import io.filejob.file.UriScheme;
import io.filejob.plan.Compression;
import io.filejob.plan.InputFile;
import io.filejob.storage.compression.ContentFormat;
import io.filejob.storage.compression.UnpackedSource;
import io.filejob.storage.http.HttpInput;
import io.filejob.storage.local.LocalLocations;
import io.filejob.storage.s3.S3Listing;
import io.filejob.storage.s3.S3Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The input files of a spec, at locations of any kind. Safe to use from any thread. */
final class InputFiles {
    /**
     * Maximum number of remote files whose content is looked at before the job, since each takes a request. The
     * compression of the others is the one that their names announce.
     */
    private static final int MAX_REMOTE = 100;

    private final LocalLocations local;
    private final RemoteClients remote;

    InputFiles(LocalLocations local, RemoteClients remote) {
        this.local = local;
        this.remote = remote;
    }

    /** Returns the files of {@code entries}, each once, as {@link Storage#list(List)} does. */
    List<InputFile> list(List<String> entries, ListingProgress progress) {
        Map<Object, InputFile> found = new LinkedHashMap<>();
        for (String entry : entries) {
            progress.begin(entry);
            switch (UriScheme.of(entry)) {
                case FILE ->
                    local.listing(progress)
                            .expand(entry)
                            .forEach(each -> found.putIfAbsent(each.identity(), each.file()));
                case S3 ->
                    new S3Listing(remote.bucket(), progress)
                            .expand(entry)
                            .forEach(file -> found.putIfAbsent(file.name(), file));
                case HTTP -> found.computeIfAbsent(entry, _ -> HttpInput.pin(entry, remote.web()));
            }
        }
        return recognized(found.values());
    }

    /** Returns {@code files} with the compression of their content. */
    private List<InputFile> recognized(Collection<InputFile> files) {
        List<InputFile> recognized = new ArrayList<>();
        int remoteFiles = 0;
        for (InputFile file : files) {
            boolean isRemote = UriScheme.of(file.name()) != UriScheme.FILE;
            remoteFiles += isRemote ? 1 : 0;
            boolean isRead = file.size() > 0 && !(isRemote && remoteFiles > MAX_REMOTE);
            recognized.add(isRead ? recognized(file) : file);
        }
        return recognized;
    }

    private InputFile recognized(InputFile file) {
        try (ByteSource stored = stored(file)) {
            return file.compressed(ContentFormat.compression(stored, file.compression()));
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.NO_INPUT, "input " + file.name() + " cannot be read: " + IoReason.of(e), e);
        }
    }

    /** Opens the content of {@code file}, unpacked if it is compressed. */
    ByteSource open(InputFile file) {
        ByteSource stored = stored(file);
        return file.compression() == Compression.NONE ? stored : UnpackedSource.of(stored, file.compression());
    }

    private ByteSource stored(InputFile file) {
        return switch (UriScheme.of(file.name())) {
            case FILE -> local.open(file);
            case S3 -> remote.bucket().open(file);
            case HTTP -> HttpInput.open(file, remote.web());
        };
    }

    /** Returns the identity of {@code file}, as {@link Storage#identity} does. */
    FileIdentity identity(InputFile file) {
        return switch (UriScheme.of(file.name())) {
            case FILE -> local.identity(file);
            case S3 -> S3Location.of(file.name()).identity();
            case HTTP -> new FileIdentity(file.name(), null);
        };
    }
}
