package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.testing.http.WebhookReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the commands of the README and of the pages in {@code docs} that need a cluster, with the script
 * {@code scripts/run-page}. The runner's {@code DocumentedCommandsTest} runs the others.
 */
final class ReadmeTest {
    private static final String CLUSTER = "cluster";
    private static final String WITH_KUEUE = "cluster with Kueue";
    /** The pages that need volumes, a database or a receiver. */
    private static final List<String> WITH_NEEDS =
            List.of("docs/how-to/volumes.md", "docs/how-to/postgresql.md", "docs/how-to/callback.md");

    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    /** Commands run in this folder, which looks like a checkout. */
    @TempDir
    private Path checkout;

    @TempDir
    private Path settings;

    private final List<Volume> volumes = new ArrayList<>();

    @BeforeEach
    void prepare() throws IOException {
        for (String name : List.of("k8s-examples", "helm")) {
            Files.createSymbolicLink(checkout.resolve(name), Cluster.ROOT.resolve(name));
        }
        Files.copy(Path.of(Cluster.values()), checkout.resolve("my-values.yaml"));
    }

    @AfterEach
    void removeVolumes() {
        volumes.forEach(Volume::close);
    }

    static List<String> pages() throws IOException {
        return pages(CLUSTER).stream()
                .filter(page -> !WITH_NEEDS.contains(page))
                .toList();
    }

    /** Returns the README and the pages in {@code docs} with commands that run in {@code place}. */
    private static List<String> pages(String place) throws IOException {
        try (Stream<Path> docs = Files.walk(Cluster.ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(Cluster.ROOT.resolve("README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .filter(page -> hasCommands(page, place))
                    .map(page -> Cluster.ROOT.relativize(page).toString())
                    .sorted()
                    .toList();
        }
    }

    private static boolean hasCommands(Path page, String place) {
        try {
            return Files.readAllLines(page).stream()
                    .filter(line -> line.startsWith("<!-- run: ") && line.endsWith(" -->"))
                    .anyMatch(line -> List.of(line.substring("<!-- run: ".length(), line.length() - " -->".length())
                                    .split(", ", -1))
                            .contains(place));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theCommandsPrintWhatThePageShows(String page) {
        assertRuns(CLUSTER, page);
    }

    @Test
    @NeedsNode
    void songsAreReadFromAndWrittenToVolumes() throws IOException {
        Files.writeString(volume("songs").folder().resolve("1.csv"), "Song,Date,Number of Plays\nBlue,2020-01-01,12\n");
        Volume totals = volume("totals");

        assertRuns(CLUSTER, "docs/how-to/volumes.md");

        assertThat(totals.folder().resolve("totals.csv")).content().contains("Blue,2020-01-01,12\n");
    }

    @Test
    @NeedsNode
    void productsAreLoadedFromAVolume() throws IOException {
        Files.writeString(volume("products").folder().resolve("1.csv"), "sku,name,description\n1,chair,oak\n");
        try (Postgres postgres = Postgres.start()) {
            Database database = postgres.database();
            Files.writeString(checkout.resolve("db.env"), database.secret());

            assertRuns(CLUSTER, "docs/how-to/postgresql.md");

            assertThat(database.query("SELECT sku, name FROM products")).containsExactly(List.of("1", "chair"));
        }
    }

    @Test
    @NeedsNode
    void aReceiverIsCalled() throws IOException {
        Operator.upgrade("--set", "worker.network.allowPrivate={" + Cluster.host() + "}");
        try (WebhookReceiver receiver = new WebhookReceiver(Cluster.host())) {
            assertRuns(
                    CLUSTER, "docs/how-to/callback.md", "HOOK_URL=" + receiver.url(), "HOOK_HOST=" + receiver.host());

            String key = Files.readString(checkout.resolve("hook.env")).strip().substring("secret=".length());
            assertThat(receiver.webhooks()).hasSize(2).allMatch(webhook -> webhook.isSigned(key));
            assertThat(receiver.webhooks().stream()
                            .map(webhook -> webhook.headers().get("webhook-id"))
                            .distinct())
                    .as("the operator's message and that of filejob notify")
                    .hasSize(1);
        } finally {
            Operator.upgrade();
        }
    }

    @Test
    @NeedsNode
    void jobsWaitInQueues() throws IOException {
        Kueue.start();
        try {
            Kueue.queue("team", sandbox.namespace(), "2").open();
            for (String page : pages(WITH_KUEUE)) {
                assertRuns(WITH_KUEUE, page);
            }
        } finally {
            Cluster.kubectl("delete", "clusterqueue", sandbox.namespace(), "--ignore-not-found", "--wait=false")
                    .ok();
            Kueue.stop();
        }
    }

    private Volume volume(String claim) {
        Volume volume = Volume.of(sandbox.namespace(), claim).claimed();
        volumes.add(volume);
        return volume;
    }

    /** Runs the commands of {@code page} for a reader who has set {@code variables}, {@code NAME=VALUE} each. */
    private void assertRuns(String place, String page, String... variables) {
        List<String> command = new ArrayList<>(List.of(
                "bash",
                "-euc",
                """
                        export KUBECONFIG_OF_TEST=$1/kubeconfig
                        kubectl config view --raw >"$KUBECONFIG_OF_TEST"
                        export KUBECONFIG=$KUBECONFIG_OF_TEST
                        kubectl config set-context --current --namespace="$2"
                        PATH=$6:$PATH env "${@:7}" scripts/run-page "$3" "$4" "$5"
                        """,
                "bash",
                settings.toString(),
                sandbox.namespace(),
                place,
                page,
                checkout.toString(),
                // The command line of the project.
                Cluster.ROOT.toAbsolutePath().toString()));
        command.addAll(List.of(variables));
        Command.run(command).ok();
    }
}
