package io.filejob.storage;

import io.filejob.api.FileJobSpec;
import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.FileIdentity;
import io.filejob.file.Folder;
import io.filejob.file.IoReason;
import io.filejob.file.ListingProgress;
import io.filejob.file.ResultFolder;
import io.filejob.file.Target;
import io.filejob.file.UriScheme;
import io.filejob.kubernetes.ConfigMaps;
import io.filejob.operation.JobInput;
import io.filejob.plan.Fingerprint;
import io.filejob.plan.InputFile;
import io.filejob.spec.OutputSpec;
import io.filejob.spec.S3Spec;
import io.filejob.storage.configmap.JobConfigMap;
import io.filejob.storage.configmap.ResultConfigMaps;
import io.filejob.storage.fetch.FetchLimits;
import io.filejob.storage.fetch.Fetcher;
import io.filejob.storage.http.HostGuard;
import io.filejob.storage.http.WebLimits;
import io.filejob.storage.local.DirectoryFolder;
import io.filejob.storage.local.KeptFolder;
import io.filejob.storage.local.LocalFile;
import io.filejob.storage.local.LocalLocations;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.RealPath;
import io.filejob.storage.local.Secrets;
import io.filejob.storage.s3.BucketStore;
import io.filejob.storage.s3.ResultPrefix;
import io.filejob.storage.s3.S3Folder;
import io.filejob.storage.s3.S3Limits;
import io.filejob.storage.s3.S3Location;
import io.filejob.storage.state.StateStore;
import io.filejob.value.FileLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Access to all locations of a spec: input files, outputs and stores. Failures are {@link JobFailedException}s that name the
 * location. The libraries for a kind of location are loaded at its first use. Safe to use from any thread.
 */
public final class Storage implements AutoCloseable, JobInput {
    /** Base of relative paths in a pod, since a container has no meaningful current folder. */
    private static final Path ROOT = Path.of("/");

    private final LocalLocations local;
    private final RemoteClients remote;
    private final InputFiles inputs;
    private final Secrets secrets;
    private final @Nullable ResultConfigMaps configMaps;
    private volatile Consumer<String> waiting = text -> {};
    private volatile long listingHeap;

    private Storage(
            Path base,
            @Nullable S3Spec s3,
            Secrets secrets,
            Mounts mounts,
            @Nullable ResultConfigMaps configMaps,
            HostGuard hosts) {
        this.local = new LocalLocations(base, mounts);
        this.remote = new RemoteClients(s3, secrets, hosts);
        this.inputs = new InputFiles(local, remote);
        this.secrets = secrets;
        this.configMaps = configMaps;
    }

    /** Creates access without settings for S3, Secrets or mounts; relative paths are resolved against {@code base}. */
    public Storage(Path base) {
        this(base, null, Secrets.NONE, Mounts.NONE, null, HostGuard.local(null));
    }

    /**
     * Creates access to the locations of {@code spec} without a cluster; relative paths are resolved against {@code
     * base}.
     */
    public static Storage of(FileJobSpec spec, Path base, Secrets secrets, Mounts mounts) {
        return new Storage(base, spec.s3(), secrets, mounts, null, HostGuard.local(spec.network()));
    }

    /** Creates access to files and to the object storage of {@code s3}; relative paths are resolved against {@code base}. */
    public static Storage of(S3Spec s3, Path base, Secrets secrets) {
        return new Storage(base, s3, secrets, Mounts.NONE, null, HostGuard.local(null));
    }

    /**
     * Creates access to the locations of {@code job} and to the ConfigMaps of its namespace; relative paths are
     * resolved against the root.
     */
    public static Storage ofPod(JobConfigMap job, ConfigMaps configMaps, Secrets secrets) {
        FileJobSpec spec = job.job().spec();
        return new Storage(
                ROOT,
                spec.s3(),
                secrets,
                Mounts.ofVolumes(spec.volumes()),
                new ResultConfigMaps(configMaps, job),
                HostGuard.ofPod(spec.network(), System.getenv()));
    }

    /** Returns {@code place}, a path or URI, in absolute form; a relative path is resolved against {@code base}. */
    public static String absolute(String place, Path base) {
        return UriScheme.of(place) == UriScheme.FILE
                ? FileLocation.of(place).resolve(base).toString()
                : place;
    }

    /** Returns the file or folder of this machine for a path or {@code file:} URI. */
    public Path file(String pathOrUri) {
        return local.file(pathOrUri);
    }

    /** Returns the folder that keeps generated files; fails with {@link ExitCode#NO_OUTPUT} if its path is not valid. */
    public KeptFolder keepFolder(String pathOrUri) {
        return local.keepFolder(pathOrUri);
    }

    /**
     * Lists the files of {@code spec.input.files} in their current state: in the order of the entries, those of a
     * folder or pattern in byte order of their names, each file once even if it has several names. A listing has
     * limits, and ends when its thread is interrupted.
     */
    @Override
    public List<InputFile> list(List<String> entries) {
        ListingProgress progress = new ListingProgress();
        List<InputFile> files =
                new ListingWait(ListingWait.LIMIT, waiting).call(progress, () -> inputs.list(entries, progress));
        listingHeap = progress.heap();
        return files;
    }

    /** Returns the heap size in bytes that a process needs to {@link #list} the same files; 0 before the first time. */
    public long listingHeap() {
        return listingHeap;
    }

    /**
     * Sets the listener that receives the progress of a listing about twice a second, in the thread that called {@link
     * #list}.
     */
    public void onWait(Consumer<String> listener) {
        waiting = listener;
    }

    /** Opens the content of {@code file}, unpacked if it is compressed. */
    @Override
    public ByteSource open(InputFile file) {
        return inputs.open(file);
    }

    /**
     * Returns a fetcher of single files; the caller closes it before this storage. Files of this machine must be on
     * volumes.
     */
    public Fetcher fetcher(FetchLimits limits) {
        return new Fetcher(limits, remote.hosts(), remote::bucket, local);
    }

    /** Opens a file of this machine in its current state; throws {@link IOException} if it does not exist. */
    public static ByteSource local(Path path) throws IOException {
        return new LocalFile(LocalFile.pin(path), path);
    }

    /**
     * Returns the folder, or prefix in a bucket, at {@code uri} for durable partial results, from which a job can be
     * resumed after a crash of the machine; it need not exist.
     */
    public Folder folder(String uri) {
        return UriScheme.of(uri) == UriScheme.S3 ? prefix(uri) : local.folder(uri);
    }

    /** Returns the folder, or prefix in a bucket, at {@code uri} for results. */
    public ResultFolder results(String uri) {
        return UriScheme.of(uri) == UriScheme.S3 ? new ResultPrefix(remote.bucket(), uri) : local.results(uri);
    }

    /** Returns a folder for partial results of a run that cannot be resumed. */
    public static Folder scratch(Path folder) {
        return DirectoryFolder.ofScratch(folder);
    }

    private S3Folder prefix(String uri) {
        return new S3Folder(remote.bucket(), S3Location.of(uri), ExitCode.STORE_LOST);
    }

    /** Returns the path or URI of {@code name} within {@code folder}. */
    public static String below(String folder, String name) {
        return folder + (folder.endsWith("/") ? "" : "/") + name;
    }

    /** Returns the file or ConfigMap that {@code output} names, for writing. */
    public Target target(OutputSpec output) {
        return output.configMap() == null
                ? target(output.location())
                : new Target(inCluster(), output.configMap().name());
    }

    private ResultConfigMaps inCluster() {
        if (configMaps == null) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST,
                    "spec.output.configMap: there is no cluster here that could hold a ConfigMap: name a file in"
                            + " spec.output.uri instead, or let a cluster run the job");
        }
        return configMaps;
    }

    /** Returns the file or object at {@code uri} for writing; it is durable after its commit. */
    public Target target(String uri) {
        return UriScheme.of(uri) == UriScheme.S3 ? S3Folder.target(remote.bucket(), uri) : local.target(uri);
    }

    /**
     * Returns the identity of an input; throws {@link JobFailedException} with {@link ExitCode#NO_INPUT} if it no longer
     * exists.
     */
    public FileIdentity identity(InputFile file) {
        return inputs.identity(file);
    }

    /** Returns the identity of the folder, or prefix in a bucket, of the store at {@code uri}. */
    public FileIdentity identityOfStore(String uri) {
        return UriScheme.of(uri) == UriScheme.S3
                ? S3Location.ofFolder(uri).identity()
                : identityOfFile(local.storeFolder(uri));
    }

    /** Returns the identity of the file at {@code path} on this machine. */
    public static FileIdentity identityOfFile(Path path) {
        try {
            return RealPath.identity(RealPath.of(path));
        } catch (IOException e) {
            throw new JobFailedException(ExitCode.STORE_LOST, path + " cannot be used: " + IoReason.of(e), e);
        }
    }

    /** Checks, as far as that is cheap, whether {@link #target} can be written; fails with {@link ExitCode#NO_OUTPUT}. */
    public void checkTarget(String uri) {
        if (UriScheme.of(uri) == UriScheme.S3) {
            target(uri);
            remote.bucket().check(S3Location.of(uri), ExitCode.NO_OUTPUT, "the output " + uri + " cannot be written");
        } else {
            local.checkTarget(uri);
        }
    }

    /**
     * Checks whether the result ConfigMap of {@code spec}, if it has one, can be written. Throws {@link JobFailedException}
     * with {@link ExitCode#BAD_MANIFEST} if there is no cluster, with {@link ExitCode#NO_OUTPUT} if no FileJob wrote an
     * existing ConfigMap of that name.
     */
    public void checkConfigMap(FileJobSpec spec) {
        if (spec.output() != null && spec.output().configMap() != null) {
            inCluster().check(spec.output().configMap().name());
        }
    }

    /** Opens the store of a run at {@code uri}, created if it does not exist; refuses the store of another job. */
    public StateStore storeOfRun(String uri, Fingerprint fingerprint) {
        return UriScheme.of(uri) == UriScheme.S3
                ? BucketStore.ofRun(prefix(uri), folder(below(uri, "ledgers")), fingerprint)
                : local.storeOfRun(uri, fingerprint);
    }

    /**
     * Opens the store of a worker at {@code uri} as {@link #storeOfRun} does, but reports different inputs as changed
     * since the job was planned.
     */
    public StateStore storeOfWorker(String uri, Fingerprint fingerprint) {
        return UriScheme.of(uri) == UriScheme.S3
                ? BucketStore.ofWorker(prefix(uri), folder(below(uri, "ledgers")), fingerprint)
                : local.storeOfWorker(uri, fingerprint);
    }

    /** Returns the Secrets that the spec can refer to. */
    public Secrets secrets() {
        return secrets;
    }

    /** Sets other limits on waits before the first request, for tests. */
    void limit(WebLimits webLimits, S3Limits s3Limits) {
        remote.limit(webLimits, s3Limits);
    }

    /** Closes all connections. */
    @Override
    public void close() {
        remote.close();
    }
}
