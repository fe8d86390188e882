package io.filejob.storage;

import io.filejob.csv.ByteSource;
import io.filejob.file.FileIdentity;
import io.filejob.file.ListingProgress;
import io.filejob.file.UriScheme;
import io.filejob.plan.Compression;
import io.filejob.plan.InputFile;
import io.filejob.storage.compression.UnpackedSource;
import io.filejob.storage.http.HttpInput;
import io.filejob.storage.local.LocalLocations;
import io.filejob.storage.s3.S3Listing;
import io.filejob.storage.s3.S3Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The input files of a spec, at locations of any kind. Safe to use from any thread. */
final class InputFiles {
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
        return new ArrayList<>(found.values());
    }

    /** Opens the content of {@code file}, unpacked if it is compressed. */
    ByteSource open(InputFile file) {
        ByteSource stored =
                switch (UriScheme.of(file.name())) {
                    case FILE -> local.open(file);
                    case S3 -> remote.bucket().open(file);
                    case HTTP -> HttpInput.open(file, remote.web());
                };
        return file.compression() == Compression.NONE ? stored : UnpackedSource.of(stored, file.compression());
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
