package io.filejob.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.service.job.JobName;
import io.filejob.service.job.JobQuery;
import io.filejob.service.job.Jobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two replicas of the service, which share nothing but a real API server. */
final class ReplicasTest {
    private static final int REQUESTS = 16;

    private final String namespace = ClusterUser.newNamespace();
    private final ClusterUser ann = ClusterUser.editor(namespace, "ann");
    private final ClusterFixture one = new ClusterFixture();
    private final ClusterFixture other = new ClusterFixture();

    @AfterEach
    void stop() {
        one.close();
        other.close();
    }

    @Test
    void requestsWithOneIdempotencyKeyCreateOneJob() throws Exception {
        List<Future<FileJob>> created = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < REQUESTS; i++) {
                Jobs jobs = (i % 2 == 0 ? one : other).jobs(ann);
                created.add(
                        threads.submit(() -> jobs.create(namespace, ClusterFixture.average("numbers", 4), "key-1")));
            }
        }
        List<String> names = new ArrayList<>();
        for (Future<FileJob> job : created) {
            names.add(job.get().name());
        }
        assertThat(names).containsOnly(names.getFirst());
        JobQuery all = new JobQuery(namespace, Set.of(), null, null, null, JobQuery.DEFAULT_LIMIT, null);
        assertThat(other.jobs(ann).list(all).items()).hasSize(1);
    }

    @Test
    void aChangeAtOneReplicaIsSeenAtTheOtherUnderTheSameVersion() throws Exception {
        FileJob job = one.jobs(ann).create(namespace, ClusterFixture.average("numbers", 4), null);
        JobName name = new JobName(namespace, job.name());
        BlockingQueue<String> versions = new LinkedBlockingQueue<>();
        try (Jobs.Watch _ = other.jobs(ann).watch(name, changed -> versions.add(version(changed)))) {
            assertThat(versions.poll(2, TimeUnit.MINUTES)).isEqualTo(version(job));
            FileJob cancelled = one.jobs(ann).cancel(name);
            assertThat(versions.poll(2, TimeUnit.MINUTES)).isEqualTo(version(cancelled));
        }
    }

    private static String version(@Nullable FileJob job) {
        return job == null ? "deleted" : job.metadata().path("resourceVersion").asText();
    }
}
