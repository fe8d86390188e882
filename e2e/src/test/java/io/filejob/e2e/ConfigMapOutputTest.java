package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.security.Sha256;
import io.filejob.status.JobResult;
import io.filejob.status.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A result in a ConfigMap belongs to the user, and other ConfigMaps are never replaced. */
final class ConfigMapOutputTest {
    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    @TempDir
    private Path here;

    @Test
    void itHoldsTheBytesOfALocalRunAndStaysWhenTheFileJobGoes() throws IOException {
        Manifest average = Manifest.small("average", 3);
        Job job = sandbox.submit(average.with("spec.output", "{configMap: {name: average.of-all}}"));
        JobResult there = Objects.requireNonNull(
                job.await("Complete", now -> now.phase() == Phase.COMPLETE).result());
        byte[] content = job.resultIn("average.of-all");

        Path output = here.resolve("average.csv");
        Outcome.ofLocalRun(
                average.with("spec.output", "{uri: '" + output + "'}").yaml());
        assertThat(content).isEqualTo(Files.readAllBytes(output));
        assertThat(there.digest()).isEqualTo(Sha256.of(content));
        assertThat(there.output().uri()).isEqualTo("configmap:average.of-all/result.csv");

        job.delete();

        job.awaitNothingLeft();
        assertThat(job.resultIn("average.of-all")).isEqualTo(content);
    }

    @Test
    void oneThatNoFileJobWroteIsNotReplaced() {
        Cluster.kubectl("create", "configmap", "settings", "--from-literal=mine=1", "-n", sandbox.namespace())
                .ok();

        Job job = sandbox.submit(Manifest.small("careless", 2).with("spec.output", "{configMap: {name: settings}}"));

        assertThat(job.awaitCondition("Failed", "True", "OutputNotWritable").message())
                .contains("there is a ConfigMap settings that no FileJob wrote", "spec.output.configMap");
        assertThat(Cluster.kubectl("get", "configmap", "settings", "-o", "jsonpath={.data}", "-n", sandbox.namespace())
                        .ok())
                .isEqualTo("{\"mine\":\"1\"}");
    }
}
