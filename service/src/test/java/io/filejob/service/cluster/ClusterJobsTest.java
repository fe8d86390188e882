package io.filejob.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.api.FileJob;
import io.filejob.security.Sha256;
import io.filejob.service.job.Content;
import io.filejob.service.job.JobChange;
import io.filejob.service.job.JobName;
import io.filejob.service.job.JobPage;
import io.filejob.service.job.JobQuery;
import io.filejob.service.job.Jobs;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.status.Phase;
import io.filejob.testing.kubernetes.RealApiServer;
import io.filejob.testing.postgres.FreezingProxy;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Jobs of callers, against a real API server without an operator: tests write statuses. */
final class ClusterJobsTest {
    private static @Nullable ClusterFixture cluster;

    private final String namespace = ClusterUser.newNamespace();
    private final ClusterUser ann = ClusterUser.editor(namespace, "ann");
    private final Jobs jobs = Objects.requireNonNull(cluster).jobs(ann);

    @BeforeAll
    static void start() {
        cluster = new ClusterFixture();
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(cluster).close();
    }

    private static JobName name(FileJob job) {
        return new JobName(job.metadata().path("namespace").asText(), job.name());
    }

    private static String version(FileJob job) {
        return job.metadata().path("resourceVersion").asText();
    }

    private static void assertProblem(ThrowingCallable action, ProblemType type) {
        assertThatThrownBy(action).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }

    @Test
    void aJobIsCreatedWithASuffixReadChangedAndDeletedWithItsVersion() {
        FileJob created = jobs.create(namespace, ClusterFixture.average("mean", 4), null);
        assertThat(created.name()).matches("mean-[a-z0-9]{5}");
        assertThat(created.metadata().at("/labels/team").asText()).isEqualTo("a");
        assertThat(created.metadata().has("managedFields")).isFalse();
        assertThat(jobs.get(name(created))).isEqualTo(created);

        FileJob changed = jobs.update(name(created), new JobChange(3, true), version(created));
        assertThat(changed.spec().workers()).isEqualTo(3);
        assertThat(changed.spec().suspend()).isTrue();
        assertThat(jobs.update(name(created), new JobChange(null, false), null).spec())
                .isEqualTo(ClusterFixture.average("mean", 4).withWorkers(3).spec());
        assertProblem(
                () -> jobs.update(name(created), new JobChange(5, null), version(changed)),
                ProblemType.VERSION_CHANGED);
        assertProblem(() -> jobs.delete(name(created), version(changed)), ProblemType.VERSION_CHANGED);
        assertThat(jobs.get(name(created)).spec().workers()).isEqualTo(3);

        jobs.delete(name(created), version(jobs.get(name(created))));
        assertProblem(() -> jobs.get(name(created)), ProblemType.NOT_FOUND);
        assertProblem(() -> jobs.delete(name(created), null), ProblemType.NOT_FOUND);
    }

    @Test
    void aKeyCreatesOneJobForEachUser() {
        FileJob first = jobs.create(namespace, ClusterFixture.average("mean", 4), "k");
        jobs.update(name(first), new JobChange(7, null), null);
        assertThat(jobs.create(namespace, ClusterFixture.average("mean", 4), "k")
                        .metadata()
                        .path("uid"))
                .isEqualTo(first.metadata().path("uid"));
        assertProblem(() -> jobs.create(namespace, ClusterFixture.average("mean", 5), "k"), ProblemType.CONFLICT);
        assertProblem(() -> jobs.create(namespace, ClusterFixture.average("other", 4), "k"), ProblemType.CONFLICT);
        FileJob ofBob = Objects.requireNonNull(cluster)
                .jobs(ClusterUser.editor(namespace, "bob"))
                .create(namespace, ClusterFixture.average("mean", 5), "k");
        assertThat(ofBob.name()).startsWith("mean-").isNotEqualTo(first.name());
        assertThat(jobs.list(new JobQuery(namespace, Set.of(), null, null, null, 50, null))
                        .items())
                .hasSize(2);
    }

    @Test
    void theApiServersRulesApply() {
        FileJob job = ClusterFixture.average("mean", 4);
        String field = "spec.workers";
        assertThatThrownBy(() -> jobs.create(namespace, job.withWorkers(20_000), null))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.type()).isEqualTo(ProblemType.INVALID);
                    assertThat(e.response("/").errors()).anyMatch(error -> field.equals(error.field()));
                });
        assertProblem(() -> jobs.create("no-such-namespace", job, null), ProblemType.FORBIDDEN);
    }

    @Test
    void listsHaveFiltersAndPagesWithTheNewestJobFirst() {
        List<FileJob> created = List.of(
                jobs.create(namespace, ClusterFixture.average("b", 4), null),
                jobs.create(namespace, ClusterFixture.average("a", 4), null),
                jobs.create(namespace, ClusterFixture.average("c", 4), null));
        ClusterFixture.status(created.get(1), "{'phase': 'Running', 'message': '', 'conditions': []}");
        JobQuery all = new JobQuery(namespace, Set.of(), null, null, null, 50, null);
        JobQuery two = new JobQuery(namespace, Set.of(), "average", "-", null, 2, null);
        JobPage first = jobs.list(two);
        JobPage second = jobs.list(new JobQuery(namespace, Set.of(), "average", "-", null, 2, first.next()));
        assertThat(first.items()).hasSize(2);
        assertThat(second.next()).isNull();
        assertThat(List.of(
                        first.items().get(0).name(),
                        first.items().get(1).name(),
                        second.items().getFirst().name()))
                .containsExactlyInAnyOrderElementsOf(
                        created.stream().map(FileJob::name).toList());
        assertThat(jobs.list(all).items()).isSortedAccordingTo((one, other) -> other.metadata()
                .path("creationTimestamp")
                .asText()
                .compareTo(one.metadata().path("creationTimestamp").asText()));

        assertThat(jobs.list(new JobQuery(namespace, Set.of(Phase.RUNNING), null, null, null, 50, null))
                        .items())
                .extracting(FileJob::name)
                .containsExactly(created.get(1).name());
        assertThat(jobs.list(new JobQuery(namespace, Set.of(), "ingest", null, null, 50, null))
                        .items())
                .isEmpty();
        assertThat(jobs.list(new JobQuery(namespace, Set.of(), null, "C-", null, 50, null))
                        .items())
                .extracting(FileJob::name)
                .containsExactly(created.get(2).name());
        assertProblem(
                () -> jobs.list(new JobQuery(namespace, Set.of(), null, null, null, 2, "rubbish")),
                ProblemType.BAD_REQUEST);
        assertProblem(() -> jobs.list(JobQuery.all()), ProblemType.FORBIDDEN);
    }

    @Test
    void aStreamShowsEachChangeAndTheEnd() {
        FileJob job = jobs.create(namespace, ClusterFixture.average("mean", 4), null);
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (Jobs.Watch _ = jobs.watch(
                name(job),
                now -> seen.add(now == null ? "deleted" : now.spec().workers().toString()))) {
            ClusterFixture.soon().until(() -> "2".equals(seen.poll()));
            jobs.update(name(job), new JobChange(3, null), null);
            ClusterFixture.soon().until(() -> "3".equals(seen.poll()));
            jobs.delete(name(job), null);
            ClusterFixture.soon().until(() -> "deleted".equals(seen.poll()));
        }
        assertProblem(() -> jobs.watch(name(job), _ -> {}), ProblemType.NOT_FOUND);
    }

    @Test
    void aStreamGoesOnAfterItsConnectionIsCut() throws IOException {
        FileJob job = jobs.create(namespace, ClusterFixture.average("mean", 4), null);
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (FreezingProxy proxy = new FreezingProxy(RealApiServer.get().uri().getPort());
                ClusterFixture farAway = new ClusterFixture(URI.create("https://127.0.0.1:" + proxy.port()));
                Jobs.Watch _ = farAway.jobs(ann)
                        .watch(
                                name(job),
                                now -> seen.add(Objects.requireNonNull(now)
                                        .spec()
                                        .workers()
                                        .toString()))) {
            ClusterFixture.soon().until(() -> "2".equals(seen.poll()));
            proxy.cut();
            jobs.update(name(job), new JobChange(3, null), null);
            ClusterFixture.soon().until(() -> "3".equals(seen.poll()));
        }
    }

    @Test
    void aStreamIsRefusedAfterTheTokenIsRevoked() {
        FileJob job = jobs.create(namespace, ClusterFixture.average("mean", 4), null);
        ClusterUser bob = ClusterUser.viewer(namespace, "bob");
        Jobs ofBob = Objects.requireNonNull(cluster).jobs(bob);
        try (Jobs.Watch _ = ofBob.watch(name(job), _ -> {})) {
            ofBob.authorize(name(job));
            bob.revoke();
            ClusterFixture.soon()
                    .untilAsserted(() -> assertProblem(() -> ofBob.authorize(name(job)), ProblemType.UNAUTHORIZED));
        }
    }

    @Test
    void onlyAJobThatRunsIsCancelledAndOnlyAFailedOneIsRedriven() {
        FileJob job = jobs.create(namespace, ClusterFixture.average("mean", 4), null);
        assertProblem(() -> jobs.redrive(name(job)), ProblemType.CONFLICT);
        assertThat(jobs.cancel(name(job))
                        .metadata()
                        .at("/annotations/filejob.io~1cancel")
                        .asText())
                .isEqualTo(ann.caller().name());
        ClusterFixture.status(job, "{'phase': 'Failed', 'message': 'cancelled', 'conditions': []}");
        assertProblem(() -> jobs.cancel(name(job)), ProblemType.CONFLICT);
        assertProblem(() -> jobs.update(name(job), new JobChange(3, null), null), ProblemType.CONFLICT);
        FileJob redriven = jobs.redrive(name(job));
        assertThat(redriven.metadata().at("/annotations/filejob.io~1redrive").asText())
                .isNotEmpty();
        assertThat(redriven.metadata().path("annotations").has("filejob.io/cancel"))
                .isFalse();
        ClusterFixture.status(job, "{'phase': 'Complete', 'message': '', 'conditions': []}");
        assertProblem(() -> jobs.redrive(name(job)), ProblemType.CONFLICT);
    }

    @Test
    void theResultInAConfigMapIsThatOfTheJob() {
        FileJob job = jobs.create(namespace, ClusterFixture.average("mean", 4), null);
        assertProblem(() -> jobs.result(name(job)), ProblemType.CONFLICT);
        String csv = "average\n1.5\n";
        ClusterFixture.status(
                job,
                "{'phase': 'Complete', 'message': '', 'conditions': [], 'result': {'digest': '" + Sha256.of(csv)
                        + "'}}");
        RealApiServer.get().apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: mean-result, namespace: NS, labels: {filejob.io/result-of: UID}}
                data: {result.csv: "average\\n1.5\\n"}
                """.replace("NS", namespace)
                .replace("UID", job.metadata().path("uid").asText()));
        assertThat(jobs.result(name(job))).isInstanceOfSatisfying(Content.StreamedContent.class, content -> {
            assertThat(content.size()).isEqualTo(csv.length());
            try (var stream = content.source().open(8, 3)) {
                assertThat(stream).hasContent("1.5");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        RealApiServer.get()
                .kubectl(
                        "",
                        "label",
                        "configmap/mean-result",
                        "-n",
                        namespace,
                        "filejob.io/result-of=other",
                        "--overwrite");
        assertProblem(() -> jobs.result(name(job)), ProblemType.NOT_FOUND);
    }
}
