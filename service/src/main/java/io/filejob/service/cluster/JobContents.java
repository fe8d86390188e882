package io.filejob.service.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.api.FileJob;
import io.filejob.cluster.ClusterNames;
import io.filejob.file.UriScheme;
import io.filejob.security.Sha256;
import io.filejob.service.job.Content;
import io.filejob.service.job.Content.PodContent;
import io.filejob.service.job.Content.StreamedContent;
import io.filejob.service.job.DownloadName;
import io.filejob.service.job.ImageFileName;
import io.filejob.service.job.JoinedFiles;
import io.filejob.service.job.ResultPart;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.spec.ConfigMapReference;
import io.filejob.spec.OutputSpec;
import io.filejob.spec.PartNames;
import io.filejob.spec.images.CompressImagesSpec;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.filejob.status.ResultOutput;
import io.filejob.storage.local.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the files that a job has written, with the rights of its caller. */
final class JobContents {
    private static final String CSV = "text/csv";
    /** The maximum number of requests to object storage at once, for the files of one output. */
    private static final int MAX_REQUESTS = 16;

    private final KubernetesClient client;
    private final FileJob job;
    private final Secrets secrets;
    private final ServiceStorage storage;
    private final @Nullable ClaimReader claims;

    /**
     * Creates the access to the files of {@code job}.
     *
     * @param client the client of the caller
     * @param secrets the Secrets that the caller may read
     * @param storage the storage of the service
     * @param claims reads files on other claims; null if this service does not
     */
    JobContents(
            KubernetesClient client,
            FileJob job,
            Secrets secrets,
            ServiceStorage storage,
            @Nullable ClaimReader claims) {
        this.client = client;
        this.job = job;
        this.secrets = secrets;
        this.storage = storage;
        this.claims = claims;
    }

    /** Returns the output; throws {@link ProblemException} if the job is not complete or has none. */
    Content result() {
        OutputSpec output = output();
        return output.parts() == 1 ? part(1) : joined(output);
    }

    private Content joined(OutputSpec output) {
        String uri = Objects.requireNonNull(output.uri());
        String name = DownloadName.of(uri);
        List<Optional<StreamedContent>> files = readable(output);
        if (files.stream().allMatch(Optional::isPresent)) {
            return joined(name, files.stream().flatMap(Optional::stream).toList(), output.header());
        }
        if (claims == null || isObject(uri)) {
            throw missing("the output has " + output.parts()
                    + " files, which this service cannot read together; download its parts");
        }
        return new PodContent(
                name, mediaType(name), () -> joined(name, claims.files(uris(output), digest()), output.header()));
    }

    private static StreamedContent joined(String name, List<StreamedContent> files, boolean hasHeader) {
        try {
            return JoinedFiles.of(name, files, hasHeader);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "the output cannot be read: " + e.getMessage());
        }
    }

    private static List<String> uris(OutputSpec output) {
        return IntStream.rangeClosed(1, output.parts())
                .mapToObj(part -> PartNames.ofPath(Objects.requireNonNull(output.uri()), part, output.parts()))
                .toList();
    }

    /** Returns the files of the output, in order; an empty one cannot be read by this service. */
    private List<Optional<StreamedContent>> readable(OutputSpec output) {
        return uris(output).stream()
                .gather(Gatherers.mapConcurrent(MAX_REQUESTS, uri -> storage.read(job, uri, digest())))
                .toList();
    }

    /** Returns the descriptions of the output's files; fails like {@link #result}. */
    List<ResultPart> parts() {
        OutputSpec output = output();
        if (output.configMap() != null) {
            StreamedContent file = inConfigMap(output.configMap());
            return List.of(new ResultPart(1, file.fileName(), file.size()));
        }
        String uri = Objects.requireNonNull(output.uri());
        List<Optional<StreamedContent>> files = readable(output);
        return IntStream.rangeClosed(1, output.parts())
                .mapToObj(part -> new ResultPart(
                        part,
                        DownloadName.of(PartNames.ofPath(uri, part, output.parts())),
                        files.get(part - 1).map(StreamedContent::size).orElse(null)))
                .toList();
    }

    /** Returns the file of the output with {@code number}, from 1; fails like {@link #result}. */
    Content part(int number) {
        OutputSpec output = output();
        if (number < 1 || number > output.parts()) {
            throw missing("the output has no part " + number + " (parts 1 to " + output.parts() + ")");
        }
        if (output.configMap() != null) {
            return inConfigMap(output.configMap());
        }
        Long size = output.parts() == 1
                ? Objects.requireNonNull(complete().result()).output().bytes()
                : null;
        return file(PartNames.ofPath(Objects.requireNonNull(output.uri()), number, output.parts()), size, digest());
    }

    private OutputSpec output() {
        complete();
        return Optional.ofNullable(job.spec().output())
                .orElseThrow(() -> missing("the job has no spec.output; its result is in its status"));
    }

    private String digest() {
        ResultOutput written = Objects.requireNonNull(complete().result()).output();
        return Objects.requireNonNullElse(written.digest(), "");
    }

    private FileJobStatus complete() {
        FileJobStatus status = job.status();
        if (status == null || status.phase() != Phase.COMPLETE) {
            throw new ProblemException(ProblemType.CONFLICT, "the job is not complete; its files do not exist yet");
        }
        return status;
    }

    /** Returns the file of bad records; throws {@link ProblemException} for a job without one. */
    Content rejects() {
        FileJobStatus status = complete();
        if (status.rejected() == null || status.rejected().uri() == null) {
            throw missing("the job has written no file of bad records");
        }
        return file(status.rejected().uri(), null, Objects.requireNonNullElse(status.completionTime(), ""));
    }

    /**
     * Returns a compressed image: from the service's own bucket or claim, by a URL with the Secret of the job, or from another
     * claim; throws {@link ProblemException} if none of these is possible.
     */
    Content image(ImageFileName file) {
        String folder = images().to().uri();
        String uri = folder + (folder.endsWith("/") ? "" : "/") + file.name();
        Optional<StreamedContent> own = storage.read(job, uri, file.name());
        if (own.isPresent()) {
            return named(file, own.get());
        }
        return file(uri, null, file.name()) instanceof PodContent inPod
                ? new PodContent(
                        file.name(),
                        file.mediaType(),
                        () -> named(file, (StreamedContent) inPod.source().find()))
                : storage.object(job, uri, secrets);
    }

    private static StreamedContent named(ImageFileName file, StreamedContent content) {
        return new StreamedContent(file.name(), file.mediaType(), content.size(), content.version(), content.source());
    }

    /** Returns the image at {@code uri} as it was before, which must be on a volume; fails like {@link #image}. */
    Content original(String uri) {
        images();
        if (UriScheme.of(uri) != UriScheme.FILE) {
            throw missing(uri + " is not on a volume of the job");
        }
        return file(uri, null, uri);
    }

    private CompressImagesSpec images() {
        complete();
        return Optional.ofNullable(job.spec().operation().compressImages())
                .orElseThrow(() -> missing("the job " + job.name() + " has no images"));
    }

    private StreamedContent inConfigMap(ConfigMapReference reference) {
        String digest = digest();
        ConfigMap map = FileJobObjects.require(client.configMaps()
                .inNamespace(job.metadata().path("namespace").asText())
                .withName(reference.name()));
        Map<String, String> labels =
                Objects.requireNonNullElse(map.getMetadata().getLabels(), Map.of());
        byte[] bytes = Objects.requireNonNullElse(map.getData(), Map.<String, String>of())
                .getOrDefault(ConfigMapReference.KEY, "")
                .getBytes(StandardCharsets.UTF_8);
        if (!job.metadata().path("uid").asText().equals(labels.get(ClusterNames.RESULT_OF))
                || !Sha256.of(bytes).equals(digest)) {
            throw missing("the ConfigMap " + reference.name() + " no longer holds the result of this job");
        }
        return new StreamedContent(
                job.name() + ".csv",
                CSV,
                bytes.length,
                digest,
                (offset, length) -> new ByteArrayInputStream(bytes, (int) offset, (int) length));
    }

    /** Returns the file at {@code uri}; {@code size} is null if it is not known. */
    private Content file(String uri, @Nullable Long size, String version) {
        if (isObject(uri)) {
            return storage.object(job, uri, secrets);
        }
        Optional<StreamedContent> own = storage.file(job, uri, version);
        if (own.isPresent()) {
            return own.get();
        }
        if (claims == null) {
            throw missing(
                    uri + " is on a volume that this service does not mount; read it with a pod that mounts the claim");
        }
        String name = DownloadName.of(uri);
        return new PodContent(
                name,
                mediaType(name),
                () -> size == null ? claims.files(List.of(uri), version).getFirst() : claims.file(uri, size, version));
    }

    private static boolean isObject(String uri) {
        return uri.startsWith("s3:");
    }

    private static ProblemException missing(String detail) {
        return new ProblemException(ProblemType.NOT_FOUND, detail);
    }

    /** Returns the media type of a file that a job writes. */
    static String mediaType(String name) {
        return name.endsWith(".csv") ? CSV : "application/octet-stream";
    }
}
