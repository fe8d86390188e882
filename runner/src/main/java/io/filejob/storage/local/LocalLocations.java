package io.filejob.storage.local;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.FileIdentity;
import io.filejob.file.Folder;
import io.filejob.file.IoReason;
import io.filejob.file.ListingProgress;
import io.filejob.file.ResultFolder;
import io.filejob.file.Target;
import io.filejob.file.UriScheme;
import io.filejob.plan.Fingerprint;
import io.filejob.plan.InputFile;
import io.filejob.storage.Storage;
import io.filejob.storage.state.StateStore;
import io.filejob.value.FileLocation;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files and folders of this machine that the paths and {@code file:} URIs of a spec refer to; on volumes, within the
 * limits of {@link Confines}.
 *
 * @param base the base of relative paths
 * @param mounts the folders of this machine for the mount paths of volumes
 */
public record LocalLocations(Path base, Mounts mounts) {
    /** Returns the file or folder for {@code pathOrUri}. */
    public Path file(String pathOrUri) {
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
    public KeptFolder keepFolder(String pathOrUri) {
        return new KeptFolder(realFolder("the folder ", pathOrUri, ExitCode.NO_OUTPUT), confines(pathOrUri));
    }

    /** Returns the real path of the folder of a store, which need not exist. */
    public Path storeFolder(String pathOrUri) {
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
    public InputListing listing(ListingProgress progress) {
        return new InputListing(base, mounts, progress);
    }

    /** Opens the stored content of an input. */
    public LocalFile open(InputFile file) {
        Path name = Path.of(file.name());
        return new LocalFile(file, mounts.local(name), mounts.confines(name));
    }

    /** Returns whether {@code pathOrUri} is below the mount path of a volume. */
    public boolean isOnVolume(String pathOrUri) {
        return confines(pathOrUri).root() != null;
    }

    /**
     * Opens a regular file in its current state; throws {@link IOException} if there is none, and {@link
     * JobFailedException} with {@link ExitCode#NO_INPUT} if a link leads out of its volume.
     */
    public LocalFile openNow(String pathOrUri) throws IOException {
        Path file = file(pathOrUri);
        Confines confines = confines(pathOrUri);
        // Opening a pipe would wait for a writer.
        if (Files.exists(file) && !Files.isRegularFile(confines.resolve(file, ExitCode.NO_INPUT))) {
            throw new FileSystemException(file.toString(), null, "it is not a regular file");
        }
        return LocalFile.current(file, confines);
    }

    /** Returns the identity of an input; throws {@link JobFailedException} if it no longer exists. */
    public FileIdentity identity(InputFile file) {
        Path name = Path.of(file.name());
        try {
            return RealPath.identity(mounts.confines(name).resolve(mounts.local(name), ExitCode.NO_INPUT));
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.NO_INPUT, "input " + file.name() + " cannot be read: " + IoReason.of(e), e);
        }
    }

    /** Returns the folder for durable partial results. */
    public Folder folder(String pathOrUri) {
        return DirectoryFolder.ofStore(file(pathOrUri), confines(pathOrUri));
    }

    /** Returns the folder for results. */
    public ResultFolder results(String pathOrUri) {
        return new ResultDirectory(file(pathOrUri), confines(pathOrUri));
    }

    /** Returns the file of a result, for writing. */
    public Target target(String pathOrUri) {
        Path file = file(pathOrUri);
        Path folder = file.resolveSibling(".").normalize();
        return new Target(DirectoryFolder.ofOutput(folder, confines(pathOrUri)), String.valueOf(file.getFileName()));
    }

    /** Checks whether {@link #target} can be written, as far as that is cheap. */
    public void checkTarget(String pathOrUri) {
        OutputPath.check(file(pathOrUri), confines(pathOrUri));
    }

    /** Opens the store of a run, see {@link Storage#storeOfRun}. */
    public StateStore storeOfRun(String pathOrUri, Fingerprint fingerprint) {
        return DirectoryStore.ofRun(storeFolder(pathOrUri), confines(pathOrUri), fingerprint);
    }

    /** Opens the store of a worker, see {@link Storage#storeOfWorker}. */
    public StateStore storeOfWorker(String pathOrUri, Fingerprint fingerprint) {
        return DirectoryStore.ofWorker(storeFolder(pathOrUri), confines(pathOrUri), fingerprint);
    }
}
