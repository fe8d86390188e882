package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.status.Phase;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The chart can be installed, upgraded and removed as documented. */
final class InstallTest {
    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    /** For a second operator. */
    @RegisterExtension
    final Sandbox home = new Sandbox();

    private static String helm(String command, String... arguments) {
        return Cluster.helm(
                        Stream.concat(Stream.of(command), Stream.of(arguments)).toArray(String[]::new))
                .ok();
    }

    /** Upgrades the release of all suites, as {@code e2e/run} installs it, with the options {@code more}. */
    private static void upgrade(String... more) {
        String[] as = {
            Cluster.RELEASE, Cluster.CHART, "-n", Cluster.SYSTEM, "-f", Cluster.values(), "--install", "--wait"
        };
        helm("upgrade", Stream.concat(Stream.of(as), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void helmTestPasses() {
        assertThat(helm("test", Cluster.RELEASE, "-n", Cluster.SYSTEM, "--timeout", "2m"))
                .contains("Succeeded");
    }

    @Test
    void workersAreAdmittedInNamespacesOfTheChart() {
        sandbox.expelWorkers();
        try {
            upgrade("--set", "worker.namespaces={" + sandbox.namespace() + "}");

            sandbox.submit(Manifest.small("admitted", 1)).awaitResult();
        } finally {
            upgrade();
        }
    }

    @Test
    void anImageThatIsNotThere() {
        try {
            upgrade("--set", "worker.image.tag=absent");

            Job job = sandbox.submit(Manifest.small("faceless", 1));

            assertThat(job.awaitCondition("Running", "False", "ImageNotAvailable")
                            .message())
                    .contains(":absent");
        } finally {
            upgrade();
        }
    }

    @Test
    void anUpgradeLeavesRunningJobsAlone() {
        Job job = sandbox.submit(Manifest.large("upgraded", 2));
        job.awaitMidRun();
        Set<String> workers = job.podNames();
        try {
            upgrade("--set", "podAnnotations.upgraded=yes");

            assertThat(Operator.pods())
                    .anySatisfy(pod ->
                            assertThat(pod.getMetadata().getAnnotations()).containsEntry("upgraded", "yes"));
            job.awaitResult();
            assertThat(workers).as("no worker had to be replaced").containsAll(job.podNames());
        } finally {
            upgrade();
        }
    }

    @Test
    void removingTheOperatorLeavesFileJobsAndTheirWorkers() {
        Job done = sandbox.submit(Manifest.small("done", 1));
        done.awaitResult();
        Job job = sandbox.submit(Manifest.large("going-on", 2));
        job.awaitMidRun();
        Set<String> workers = job.podNames();
        try {
            helm("uninstall", Cluster.RELEASE, "-n", Cluster.SYSTEM, "--wait");

            Operator.awaitReady(0);
            assertThat(done.status().phase()).isEqualTo(Phase.COMPLETE);
            assertThat(job.status().phase()).isEqualTo(Phase.RUNNING);
            assertThat(job.podNames()).isEqualTo(workers);
        } finally {
            upgrade();
        }

        job.awaitResult();
    }

    @Test
    void anOperatorOfSomeNamespacesNeedsNoRightsInOthers() {
        sandbox.expelWorkers();
        home.expelWorkers();
        // Two operators must not watch the same namespace.
        helm("uninstall", Cluster.RELEASE, "-n", Cluster.SYSTEM, "--wait");
        try {
            installFor(sandbox.namespace());

            assertThat(helm("get", "manifest", Cluster.RELEASE, "-n", home.namespace()))
                    .contains("kind: Role\n")
                    .doesNotContain("kind: ClusterRole");
            sandbox.submit(Manifest.small("local", 2)).awaitResult();
            Job.await("the operator hears of its canary").until(() -> generationOfCanary() > 1);
        } finally {
            helm("uninstall", Cluster.RELEASE, "-n", home.namespace(), "--ignore-not-found", "--wait");
            upgrade();
        }
    }

    private void installFor(String namespace) {
        helm(
                "install",
                Cluster.RELEASE,
                Cluster.CHART,
                "-n",
                home.namespace(),
                "-f",
                Cluster.values(),
                "--set",
                "watchNamespaces={" + namespace + "},crds.install=false",
                "--wait");
    }

    /** The operator changes its canary again only after it has received the last change. */
    private long generationOfCanary() {
        FileJobObject canary = Cluster.CLIENT
                .resources(FileJobObject.class)
                .inNamespace(home.namespace())
                .withName("filejob-canary")
                .get();
        return canary == null ? 0 : canary.getMetadata().getGeneration();
    }
}
