package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Errors in a manifest are reported at once, with a helpful message. */
final class RefusedTest {
    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    private final Manifest good = Manifest.small("good", 1);

    private String refused(Manifest manifest) {
        Command.Result result = Cluster.kubectlWith(manifest.yaml(), "apply", "-n", sandbox.namespace(), "-f", "-");
        assertThat(result.exitCode()).as(result.out()).isNotZero();
        return result.err();
    }

    @Test
    void twoInputs() {
        assertThat(refused(good.with("spec.input.files", "[a.csv]")))
                .contains("spec.input", "generate and files are set: set exactly one of generate, files");
    }

    @Test
    void aFieldThatIsUnknown() {
        assertThat(refused(good.with("spec.wokers", "3"))).contains("unknown field \"spec.wokers\"");
    }

    @Test
    void aFieldThatHasNoEffect() {
        assertThat(refused(good.with("spec.tolerated", "{records: 3}")))
                .contains("spec.tolerated", "has no effect without onBadRecord: skip: add that, or leave this out");
    }

    @Test
    void aNumberOutOfBounds() {
        assertThat(refused(good.with("spec.workers", "0"))).contains("spec.workers", "greater than or equal to 1");
    }

    @Test
    void anInputThatChangesOnceItIsPlanned() {
        Job job = sandbox.submit(good.with("spec.suspend", "true"));
        job.await("a plan", status -> status.plan() != null);

        assertThat(refused(good.with("spec.input.generate.seed", "8")))
                .contains("spec.input", "is fixed once the job is planned: delete the FileJob and create it anew");
    }

    @Test
    void aFolderThatNoPodCanSee() {
        Job job = sandbox.submit(
                good.with("spec.input", "{files: [/data/*.csv]}").with("spec.operation.average.column", "price"));

        assertThat(job.awaitCondition("Failed", "True", "BadManifest").message())
                .contains("spec.input.files[0]", "/data/*.csv is not on a volume", "spec.volumes");
    }
}
