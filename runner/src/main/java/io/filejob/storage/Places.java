package io.filejob.storage;

import io.filejob.job.Compression;
import io.filejob.job.Fingerprint;
import io.filejob.job.InputFile;
import io.filejob.kube.ConfigMaps;
import io.filejob.model.ExitCode;
import io.filejob.model.FileJobSpec;
import io.filejob.model.JobFailure;
import io.filejob.model.OutputSpec;
import io.filejob.model.S3Spec;
import io.filejob.read.ByteSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The places that a spec names, wherever they are. Failures are {@link JobFailure}s that name the place. Whatever is needed
 * for a kind of place is loaded when the first one of that kind is asked for. Safe to use from any thread.
 */
public final class Places implements AutoCloseable {
    /** What relative places of a pod are below: a container has no folder of its own. */
    private static final Path ROOT = Path.of("/");

    private final Path base;
    private final @Nullable S3Spec s3;
    private final Secrets secrets;
    private final Mounts mounts;
    private final @Nullable ResultConfigMaps configMaps;
    private final HostGuard hosts;
    private @Nullable S3Bucket bucket;
    private @Nullable WebClient web;
    private volatile Consumer<String> waiting = text -> {};

    private Places(
            Path base,
            @Nullable S3Spec s3,
            Secrets secrets,
            Mounts mounts,
            @Nullable ResultConfigMaps configMaps,
            HostGuard hosts) {
        this.base = base;
        this.s3 = s3;
        this.secrets = secrets;
        this.mounts = mounts;
        this.configMaps = configMaps;
        this.hosts = hosts;
    }

    /** Those that need no settings; relative ones are below {@code base}. */
    public Places(Path base) {
        this(base, null, Secrets.NONE, Mounts.NONE, null, HostGuard.local(null));
    }

    /** Those of {@code spec}, without a cluster; relative ones are below {@code base}. */
    public static Places of(FileJobSpec spec, Path base, Secrets secrets, Mounts mounts) {
        return new Places(base, spec.s3(), secrets, mounts, null, HostGuard.local(spec.network()));
    }

    /** Those of {@code job}, with the ConfigMaps of its namespace; relative ones are below the root. */
    public static Places ofPod(JobConfigMap job, ConfigMaps configMaps, Secrets secrets) {
        FileJobSpec spec = job.job().spec();
        return new Places(
                ROOT,
                spec.s3(),
                secrets,
                Mounts.ofVolumes(spec.volumes()),
                new ResultConfigMaps(configMaps, job),
                HostGuard.ofPod(spec.network(), System.getenv()));
    }

    /** {@code place}, a path or URI, as it is from anywhere; relative ones are below {@code base}. */
    public static String absolute(String place, Path base) {
        return UriScheme.of(place) == UriScheme.FILE
                ? FilePlace.of(place).resolve(base).toString()
                : place;
    }

    /** The file or folder of this machine that a path or {@code file:} URI means. */
    public Path file(String pathOrUri) {
        return mounts.local(name(pathOrUri));
    }

    /** The folder that {@code pathOrUri} means to keep generated files, without links; {@link ExitCode#NO_OUTPUT} if there is none. */
    public Path keepFolder(String pathOrUri) {
        return realFolder("the folder ", pathOrUri, ExitCode.NO_OUTPUT);
    }

    private Path storeFolder(String pathOrUri) {
        return realFolder("the store ", pathOrUri, ExitCode.STORE_LOST);
    }

    private Path realFolder(String what, String pathOrUri, ExitCode code) {
        Path file = file(pathOrUri);
        try {
            return confines(pathOrUri).resolve(file, code);
        } catch (IOException e) {
            throw new JobFailure(code, what + file + " cannot be used: " + IoReason.of(e), e);
        }
    }

    private Path name(String pathOrUri) {
        if (UriScheme.of(pathOrUri) != UriScheme.FILE) {
            throw new JobFailure(
                    ExitCode.BAD_MANIFEST, pathOrUri + " is not on this machine: use a path or a file: URI here");
        }
        return FilePlace.of(pathOrUri).resolve(base);
    }

    private Confines confines(String pathOrUri) {
        return mounts.confines(name(pathOrUri));
    }

    /**
     * The files that {@code spec.input.files} names, as they stand now: in the list's order, those of a folder or pattern in
     * byte order of their names, each once, by whatever names. A listing has limits, and ends when its thread is interrupted.
     */
    public List<InputFile> list(List<String> entries) {
        ListingProgress progress = new ListingProgress();
        return new ListingWait(ListingWait.LIMIT, waiting).call(progress, () -> list(entries, progress));
    }

    private List<InputFile> list(List<String> entries, ListingProgress progress) {
        Map<Object, InputFile> found = new LinkedHashMap<>();
        for (String entry : entries) {
            progress.begin(entry);
            switch (UriScheme.of(entry)) {
                case FILE ->
                    new InputListing(base, mounts, progress)
                            .expand(entry)
                            .forEach(each -> found.putIfAbsent(each.identity(), each.file()));
                case S3 ->
                    new S3Listing(bucket(), progress)
                            .expand(entry)
                            .forEach(file -> found.putIfAbsent(file.name(), file));
                case HTTP -> found.computeIfAbsent(entry, _ -> HttpInput.pin(entry, web()));
            }
        }
        return new ArrayList<>(found.values());
    }

    /** Tells {@code listener} about twice a second what a listing waits for, in the thread that asked for it. */
    public void onWait(Consumer<String> listener) {
        waiting = listener;
    }

    /** What {@code file} holds, unpacked where it is compressed. */
    public ByteSource open(InputFile file) {
        ByteSource stored =
                switch (UriScheme.of(file.name())) {
                    case FILE -> local(file);
                    case S3 -> bucket().open(file, ExitCode.NO_INPUT);
                    case HTTP -> HttpInput.open(file, web());
                };
        return file.compression() == Compression.NONE ? stored : UnpackedSource.of(stored, file.compression());
    }

    private LocalFile local(InputFile file) {
        Path name = Path.of(file.name());
        return new LocalFile(file, mounts.local(name), mounts.confines(name));
    }

    /** A file of this machine as it is now; an {@link IOException} if it is not there. */
    public static ByteSource local(Path path) throws IOException {
        return new LocalFile(LocalFile.pin(path), path);
    }

    /**
     * The folder, or the prefix in a bucket, that {@code uri} means, for partial results that a job goes on from after a crash
     * of the machine; it need not be there yet.
     */
    public Folder folder(String uri) {
        return UriScheme.of(uri) == UriScheme.S3 ? prefix(uri) : DirectoryFolder.ofStore(file(uri), confines(uri));
    }

    /** A folder for partial results of a run that goes with its process. */
    public static Folder scratch(Path folder) {
        return DirectoryFolder.ofScratch(folder);
    }

    private S3Folder prefix(String uri) {
        return new S3Folder(bucket(), S3Place.of(uri), ExitCode.STORE_LOST);
    }

    /** The place {@code name} within {@code folder}, a path or URI. */
    public static String below(String folder, String name) {
        return folder + (folder.endsWith("/") ? "" : "/") + name;
    }

    /** What {@code output} names, as a file that is to be written. */
    public Target target(OutputSpec output) {
        return output.configMap() == null
                ? target(output.place())
                : new Target(inCluster(), output.configMap().name());
    }

    private ResultConfigMaps inCluster() {
        if (configMaps == null) {
            throw new JobFailure(
                    ExitCode.BAD_MANIFEST,
                    "spec.output.configMap: there is no cluster here that could hold a ConfigMap: name a file in"
                            + " spec.output.uri instead, or let a cluster run the job");
        }
        return configMaps;
    }

    /** The file or object that {@code uri} means, as one that is to be written; a crash of the machine does not lose it. */
    public Target target(String uri) {
        if (UriScheme.of(uri) != UriScheme.S3) {
            Path file = file(uri);
            Path folder = file.resolveSibling(".").normalize();
            return new Target(DirectoryFolder.ofOutput(folder, confines(uri)), String.valueOf(file.getFileName()));
        }
        S3Place place = S3Place.of(uri);
        int slash = place.key().lastIndexOf('/');
        if (slash == place.key().length() - 1) {
            throw new JobFailure(ExitCode.BAD_MANIFEST, uri + " names no object: write a name after the last /");
        }
        S3Place prefix = place.at(place.key().substring(0, slash + 1));
        return new Target(
                new S3Folder(bucket(), prefix, ExitCode.NO_OUTPUT), place.key().substring(slash + 1));
    }

    /** Which file or object an input is; {@link ExitCode#NO_INPUT} if it is gone. */
    public FileIdentity identity(InputFile file) {
        return switch (UriScheme.of(file.name())) {
            case FILE -> {
                Path name = Path.of(file.name());
                try {
                    yield FileIdentity.of(mounts.confines(name).resolve(mounts.local(name), ExitCode.NO_INPUT));
                } catch (IOException e) {
                    throw new JobFailure(
                            ExitCode.NO_INPUT, "input " + file.name() + " cannot be read: " + IoReason.of(e), e);
                }
            }
            case S3 -> FileIdentity.of(S3Place.of(file.name()));
            case HTTP -> new FileIdentity(file.name(), null);
        };
    }

    /** Which folder, or prefix in a bucket, a store at {@code uri} is. */
    public FileIdentity identityOfStore(String uri) {
        if (UriScheme.of(uri) == UriScheme.S3) {
            S3Place place = S3Place.of(uri);
            String key = place.key();
            return FileIdentity.of(place.at(key.endsWith("/") ? key.substring(0, key.length() - 1) : key));
        }
        return identityOfFile(storeFolder(uri));
    }

    /** Which file {@code path}, a path of this machine, means. */
    public static FileIdentity identityOfFile(Path path) {
        try {
            return FileIdentity.of(RealPath.of(path));
        } catch (IOException e) {
            throw new JobFailure(ExitCode.STORE_LOST, path + " cannot be used: " + IoReason.of(e), e);
        }
    }

    /**
     * Finds out, as far as that is cheap, whether {@link #target} can be written: {@link ExitCode#NO_OUTPUT} if not.
     */
    public void checkTarget(String uri) {
        if (UriScheme.of(uri) == UriScheme.S3) {
            target(uri);
            bucket().check(S3Place.of(uri), ExitCode.NO_OUTPUT, "the output " + uri + " cannot be written");
        } else {
            OutputPath.check(file(uri), confines(uri));
        }
    }

    /**
     * Finds out whether the ConfigMap that {@code spec} wants its result in can be written, if it wants that:
     * {@link ExitCode#BAD_MANIFEST} if there is no cluster, {@link ExitCode#NO_OUTPUT} if it is somebody else's.
     */
    public void checkConfigMap(FileJobSpec spec) {
        if (spec.output() != null && spec.output().configMap() != null) {
            inCluster().check(spec.output().configMap().name());
        }
    }

    /** The store of a run at {@code uri}: made if it is not there, refused if it holds another job. */
    public StateStore storeOfRun(String uri, Fingerprint fingerprint) {
        return UriScheme.of(uri) == UriScheme.S3
                ? BucketStore.ofRun(prefix(uri), folder(below(uri, "ledgers")), fingerprint)
                : DirectoryStore.ofRun(storeFolder(uri), fingerprint);
    }

    /** The store of a worker at {@code uri}: like {@link #storeOfRun}, but inputs that differ have changed meanwhile. */
    public StateStore storeOfWorker(String uri, Fingerprint fingerprint) {
        return UriScheme.of(uri) == UriScheme.S3
                ? BucketStore.ofWorker(prefix(uri), folder(below(uri, "ledgers")), fingerprint)
                : DirectoryStore.ofWorker(storeFolder(uri), fingerprint);
    }

    /** Where the Secrets are that the spec refers to. */
    public Secrets secrets() {
        return secrets;
    }

    private synchronized S3Bucket bucket() {
        if (bucket == null) {
            bucket = new S3Bucket(s3, secrets);
        }
        return bucket;
    }

    private synchronized WebClient web() {
        if (web == null) {
            web = new WebClient(hosts);
        }
        return web;
    }

    /** Ends connections, if there are any. */
    @Override
    public synchronized void close() {
        if (bucket != null) {
            bucket.close();
            bucket = null;
        }
        if (web != null) {
            web.close();
            web = null;
        }
    }
}
