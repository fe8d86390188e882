package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.filejob.api.FileJob;
import io.filejob.operation.Planner;
import io.filejob.operator.BareApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.operator.observe.Observation;
import io.filejob.operator.observe.Predecessors;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The record of replaced Jobs in the ConfigMap of a real API server, while the operator's caches lag behind. */
final class ReplacingTest {
    @RegisterExtension
    static final BareApiServer SERVER = new BareApiServer();

    private final FileJobResource job = Jobs.job(1, 2);
    private ConfigMap outdated = new ConfigMap();

    @BeforeEach
    void createConfigMap() {
        job.getMetadata().setNamespace(TestNamespace.create(SERVER.client()));
        outdated = SERVER.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(Names.base(job))
                        .withNamespace(job.getMetadata().getNamespace())
                        .endMetadata()
                        .build())
                .create();
    }

    private ConfigMap current() {
        return SERVER.client().resource(outdated).get();
    }

    private static Job child(String uid) {
        return new JobBuilder()
                .withNewMetadata()
                .withUid(uid)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
    }

    /** Returns whether the decision must not be applied. */
    private boolean observe(@Nullable Job child, @Nullable ConfigMap map) {
        FileJob manifest = new FileJob(
                FileJob.API_VERSION, FileJob.KIND, JsonNodeFactory.instance.objectNode(), job.getSpec(), null);
        Observation seen = new Observation(
                job,
                new Observation.Planned(manifest, Planner.plan(job.getSpec(), List.of()), null),
                child,
                List.of(),
                List.of(),
                new Observation.Covered(null, null),
                Predecessors.of(map),
                null,
                Instant.now());
        return Replacing.done(seen, SERVER.client());
    }

    private void assertReplaced(int times) {
        Predecessors record = Predecessors.of(current());
        assertThat(record.count()).isEqualTo(times);
        assertThat(record.because()).isEqualTo(times == 0 ? "" : "it was deleted");
    }

    /** The watch shows the new Job before the count. */
    @Test
    void aCountSurvivesAnObservationWithAnEarlierConfigMap() {
        assertThat(observe(child("first"), current())).isFalse();
        ConfigMap beforeTheCount = current();
        assertThat(observe(null, beforeTheCount)).isFalse();
        assertReplaced(1);

        assertThat(observe(child("second"), beforeTheCount)).isTrue();
        assertReplaced(1);

        assertThat(observe(child("second"), current())).isFalse();
        assertReplaced(1);
        assertThat(Predecessors.of(current()).current()).isEqualTo("second");
    }

    /** The watch shows the end of the Job before the record of the Job. */
    @Test
    void aDeletedJobIsCountedEvenIfItsReplacementIsObservedFirst() {
        observe(child("first"), outdated);
        assertThat(observe(null, outdated)).isFalse();

        assertThat(observe(child("second"), current())).isFalse();

        assertReplaced(1);
    }

    @Test
    void aDeletedJobIsNotReplacedBeforeItIsCounted() {
        observe(child("first"), current());
        ConfigMap record = current();
        SERVER.client().resource(record).edit(map -> new ConfigMapBuilder(map)
                .editMetadata()
                .addToAnnotations("filejob.io/workers", "2")
                .endMetadata()
                .build());

        assertThat(observe(null, record)).isTrue();
        assertReplaced(0);
        assertThat(observe(null, current())).isFalse();
        assertReplaced(1);
    }

    /** Without this, the operator would never create it again. */
    @Test
    void aMissingConfigMapLeavesTheDecisionToBeApplied() {
        observe(child("first"), current());
        ConfigMap record = current();
        SERVER.client().resource(record).delete();

        assertThat(observe(child("first"), null)).isFalse();
        assertThat(observe(child("second"), record)).as("outdated").isTrue();
    }
}
