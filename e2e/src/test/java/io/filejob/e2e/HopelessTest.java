package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.status.FileJobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job that cannot succeed fails soon, with a reason. */
final class HopelessTest {
    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    /** With one of them a worker usually dies before its first slice, with the other during a slice. */
    @ParameterizedTest
    @ValueSource(strings = {"40Mi", "56Mi"})
    void workersWithoutMemory(String memory) {
        Job job = sandbox.submit(Manifest.large("starved", 1)
                .with("spec.pod.resources", "{requests: {cpu: 50m, memory: 40Mi}, limits: {memory: " + memory + "}}"));

        FileJobStatus status =
                job.await("Failed", now -> Job.condition(now, "Failed").isPresent());
        assertThat(Job.condition(status, "Failed").orElseThrow().message())
                .contains("out of memory", "spec.pod.resources");
        Job.await("no worker is started any more").until(() -> job.runningPods().isEmpty());
    }

    @Test
    void aJobThatTakesTooLong() {
        Job job = sandbox.submit(Manifest.large("late", 1).with("spec.activeDeadlineSeconds", "5"));

        assertThat(job.awaitCondition("Failed", "True", "DeadlineExceeded").message())
                .contains("spec.activeDeadlineSeconds");
    }
}
