package io.filejob.storage;

import io.filejob.file.FileIdentity;
import io.filejob.file.Folder;
import io.filejob.file.IoReason;
import io.filejob.job.Fingerprint;
import io.filejob.job.InputFile;
import io.filejob.model.ExitCode;
import io.filejob.model.FileLocation;
import io.filejob.model.JobFailedException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The files and folders of this machine that the paths and {@code file:} URIs of a spec refer to; on volumes, within the
 * limits of {@link Confines}.
 *
 * @param base the base of relative paths
 * @param mounts the folders of this machine for the mount paths of volumes
 */
record LocalLocations(Path base, Mounts mounts) {
    /** Returns the file or folder for {@code pathOrUri}. */
    Path file(String pathOrUri) {
        return mounts.local(name(pathOrUri));
    }

    private Path name(String pathOrUri) {
        if (UriScheme.of(pathOrUri) != UriScheme.FILE) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST, pathOrUri + " is not on this machine: use a path or a file: URI here");
        }
        return FileLocation.of(pathOrUri).resolve(base);
    }

    private Confines confines(String pathOrUri) {
        return mounts.confines(name(pathOrUri));
    }

    /** Returns the folder that keeps generated files. */
    KeptFolder keepFolder(String pathOrUri) {
        return new KeptFolder(realFolder("the folder ", pathOrUri, ExitCode.NO_OUTPUT), confines(pathOrUri));
    }

    /** Returns the real path of the folder of a store, which need not exist. */
    Path storeFolder(String pathOrUri) {
        return realFolder("the store ", pathOrUri, ExitCode.STORE_LOST);
    }

    private Path realFolder(String what, String pathOrUri, ExitCode code) {
        Path file = file(pathOrUri);
        try {
            return confines(pathOrUri).resolve(file, code);
        } catch (IOException e) {
            throw new JobFailedException(code, what + file + " cannot be used: " + IoReason.of(e), e);
        }
    }

    /** Returns the listing of input files. */
    InputListing listing(ListingProgress progress) {
        return new InputListing(base, mounts, progress);
    }

    /** Opens the stored content of an input. */
    LocalFile open(InputFile file) {
        Path name = Path.of(file.name());
        return new LocalFile(file, mounts.local(name), mounts.confines(name));
    }

    /** Returns the identity of an input; throws {@link JobFailedException} if it no longer exists. */
    FileIdentity identity(InputFile file) {
        Path name = Path.of(file.name());
        try {
            return RealPath.identity(mounts.confines(name).resolve(mounts.local(name), ExitCode.NO_INPUT));
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.NO_INPUT, "input " + file.name() + " cannot be read: " + IoReason.of(e), e);
        }
    }

    /** Returns the folder for durable partial results. */
    Folder folder(String pathOrUri) {
        return DirectoryFolder.ofStore(file(pathOrUri), confines(pathOrUri));
    }

    /** Returns the file of a result, for writing. */
    Target target(String pathOrUri) {
        Path file = file(pathOrUri);
        Path folder = file.resolveSibling(".").normalize();
        return new Target(DirectoryFolder.ofOutput(folder, confines(pathOrUri)), String.valueOf(file.getFileName()));
    }

    /** Checks whether {@link #target} can be written, as far as that is cheap. */
    void checkTarget(String pathOrUri) {
        OutputPath.check(file(pathOrUri), confines(pathOrUri));
    }

    /** Opens the store of a run, see {@link Storage#storeOfRun}. */
    StateStore storeOfRun(String pathOrUri, Fingerprint fingerprint) {
        return DirectoryStore.ofRun(storeFolder(pathOrUri), confines(pathOrUri), fingerprint);
    }

    /** Opens the store of a worker, see {@link Storage#storeOfWorker}. */
    StateStore storeOfWorker(String pathOrUri, Fingerprint fingerprint) {
        return DirectoryStore.ofWorker(storeFolder(pathOrUri), confines(pathOrUri), fingerprint);
    }
}
