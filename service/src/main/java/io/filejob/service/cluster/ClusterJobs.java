package io.filejob.service.cluster;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.filejob.api.FileJob;
import io.filejob.cluster.ClusterNames;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.plan.Plan;
import io.filejob.service.job.Caller;
import io.filejob.service.job.Content;
import io.filejob.service.job.ImageFileName;
import io.filejob.service.job.JobChange;
import io.filejob.service.job.JobName;
import io.filejob.service.job.JobPage;
import io.filejob.service.job.JobQuery;
import io.filejob.service.job.Jobs;
import io.filejob.service.job.ResultPart;
import io.filejob.service.job.WorkerProgress;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.filejob.storage.local.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The FileJobs of a cluster that a caller may access; the API server decides on each request. Thread-safe. */
final class ClusterJobs implements Jobs {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final Caller caller;
    private final String token;
    private final CallerClients clients;
    private final ServiceStorage storage;
    private final @Nullable ReaderPods readers;
    private final Clock clock;

    /**
     * Creates the access of {@code caller}.
     *
     * @param storage the storage of the service
     * @param readers the pods that read other claims; null if this service does not read them
     */
    ClusterJobs(
            Caller caller, CallerClients clients, ServiceStorage storage, @Nullable ReaderPods readers, Clock clock) {
        this.caller = caller;
        this.token = Objects.requireNonNull(caller.token());
        this.clients = clients;
        this.storage = storage;
        this.readers = readers;
        this.clock = clock;
    }

    private <T> T call(Function<KubernetesClient, T> action) {
        return clients.call(token, action);
    }

    @Override
    public JobPage list(JobQuery query) {
        return call(client -> new JobListing(client, query).page());
    }

    @Override
    public FileJob get(JobName name) {
        return call(client -> FileJobObjects.read(FileJobObjects.require(FileJobObjects.named(client, name))));
    }

    @Override
    public void authenticate() {
        call(CallerNames::ask);
    }

    @Override
    public void authorizeUpload(String namespace) {
        boolean isAllowed = call(client -> client.resource(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withGroup(FileJobObjects.DEFINITION.getGroup())
                        .withResource(FileJobObjects.DEFINITION.getPlural())
                        .withVerb("create")
                        .withNamespace(namespace)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .create()
                .getStatus()
                .getAllowed());
        if (!isAllowed) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    caller.name() + " may not create FileJobs in the namespace " + namespace
                            + ", and so not store files; name another with ?namespace=");
        }
    }

    @Override
    public FileJob create(String namespace, FileJob job, @Nullable String key) {
        return call(client -> new KeyedCreation(client, namespace).create(job, caller, key));
    }

    @Override
    public FileJob update(JobName name, JobChange change, @Nullable String version) {
        requireUnfinished(get(name));
        return patch(name, new JobPatch().workers(change.workers()).suspend(change.suspend()), version);
    }

    private FileJob patch(JobName name, JobPatch patch, @Nullable String version) {
        return withVersion(
                version,
                client -> FileJobObjects.read(FileJobObjects.named(client, name)
                        .patch(MERGE, patch.version(version).text())));
    }

    /** Performs {@code action}; a conflict means that the version is not the current one. */
    private <T> T withVersion(@Nullable String version, Function<KubernetesClient, T> action) {
        try {
            return call(action);
        } catch (ProblemException e) {
            if (version != null && e.type() == ProblemType.CONFLICT) {
                throw new ProblemException(
                        ProblemType.VERSION_CHANGED,
                        "If-Match: the job has changed since this version (" + version + "); read it again");
            }
            throw e;
        }
    }

    private static void requireUnfinished(FileJob job) {
        FileJobStatus status = job.status();
        if (status != null && (status.phase() == Phase.COMPLETE || status.phase() == Phase.FAILED)) {
            throw new ProblemException(ProblemType.CONFLICT, "the job has already ended");
        }
    }

    @Override
    public void delete(JobName name, @Nullable String version) {
        boolean isDeleted = withVersion(version, client -> {
            var job = FileJobObjects.named(client, name);
            return !(version == null ? job : job.lockResourceVersion(version))
                    .delete()
                    .isEmpty();
        });
        if (!isDeleted) {
            throw new ProblemException(ProblemType.NOT_FOUND, "there is no job " + name.name());
        }
    }

    @Override
    public FileJob redrive(JobName name) {
        FileJobStatus status = get(name).status();
        boolean hasFailures = status != null
                && (status.phase() == Phase.FAILED
                        || (status.phase() == Phase.COMPLETE
                                && status.result() != null
                                && status.result().failures() > 0));
        if (!hasFailures) {
            throw new ProblemException(ProblemType.CONFLICT, "the job has not ended with failures");
        }
        return patch(
                name,
                new JobPatch()
                        .annotation(ClusterNames.REDRIVE, clock.instant().toString())
                        .annotation(ClusterNames.CANCEL, null),
                null);
    }

    @Override
    public FileJob cancel(JobName name) {
        requireUnfinished(get(name));
        return patch(name, new JobPatch().annotation(ClusterNames.CANCEL, caller.name()), null);
    }

    @Override
    public Watch watch(JobName name, Consumer<@Nullable FileJob> listener) {
        CallerClient.Lease lease = clients.lease(token);
        try {
            return JobStream.start(lease, name, listener);
        } catch (KubernetesClientException e) {
            lease.close();
            throw ApiProblems.of(e);
        }
    }

    @Override
    public Content result(JobName name) {
        return contents(name, JobContents::result);
    }

    @Override
    public List<ResultPart> parts(JobName name) {
        return contents(name, JobContents::parts);
    }

    @Override
    public Content part(JobName name, int number) {
        return contents(name, contents -> contents.part(number));
    }

    @Override
    public Content image(JobName name, String file) {
        return contents(name, contents -> contents.image(ImageFileName.of(file)));
    }

    @Override
    public Content original(JobName name, String uri) {
        return contents(name, contents -> contents.original(uri));
    }

    private <T> T contents(JobName name, Function<JobContents, T> work) {
        FileJob job = get(name);
        ClaimReader claims = readers == null ? null : new ClaimReader(readers, token, job);
        return call(client -> work.apply(new JobContents(client, job, secrets(name.namespace()), storage, claims)));
    }

    @Override
    public Content rejects(JobName name) {
        return contents(name, JobContents::rejects);
    }

    @Override
    public Content profile(JobName name) {
        FileJob job = get(name);
        return call(client -> ProfileObjects.merged(new OwnedConfigMaps(client, job), job));
    }

    @Override
    public List<WorkerProgress> workers(JobName name) {
        FileJob job = get(name);
        return call(client -> new WorkerObjects(client, job).progress());
    }

    @Override
    public List<String> log(JobName name, int worker, int lines) {
        FileJob job = get(name);
        return call(client -> new WorkerObjects(client, job).log(worker, lines));
    }

    @Override
    public Plan plan(JobName name) {
        FileJob job = get(name);
        return call(client -> new PlanObjects(new OwnedConfigMaps(client, job), job).plan());
    }

    @Override
    public Secrets secrets(String namespace) {
        return Secrets.readBy(name -> values(namespace, name));
    }

    private Map<String, String> values(String namespace, String name) {
        Secret secret = call(
                client -> client.secrets().inNamespace(namespace).withName(name).get());
        if (secret == null) {
            throw new JobFailedException(ExitCode.BAD_MANIFEST, "there is no Secret " + name);
        }
        return Objects.requireNonNullElse(secret.getData(), Map.<String, String>of()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new String(Base64.getDecoder().decode(entry.getValue()), StandardCharsets.UTF_8)));
    }
}
