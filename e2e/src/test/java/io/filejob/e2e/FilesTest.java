package io.filejob.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.filejob.security.Sha256;
import io.filejob.status.AggregateResult;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests jobs that read files on a volume mounted by pods: the same result and the same failures as on this machine. */
@NeedsNode
final class FilesTest {
    /** Reads three gigabytes, and stores ten megabytes. */
    private static final int MANY = 300;

    private static final int LARGE = 10;

    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    private Volume volume;

    @BeforeEach
    void volume() {
        volume = Volume.of(sandbox.namespace(), "prices");
    }

    @AfterEach
    void removeVolume() {
        volume.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void resultAndOutputAreThoseOfALocalRunBitForBit(int workers) throws IOException {
        Path output = volume.claimed().withPrices(7, 3).folder().resolve("average.txt");
        Job job = sandbox.submit(volume.average("same", workers).with("spec.output", "{uri: 'file://" + output + "'}"));

        FileJobStatus status = job.await("Complete", now -> now.phase() == Phase.COMPLETE);
        byte[] there = Files.readAllBytes(output);

        Job.await("the ledgers and the listing are gone")
                .until(() -> job.configMaps().size() == 1);
        // It writes to the same file.
        assertThat(Outcome.of(status))
                .isEqualTo(Outcome.ofLocalRun(job.manifest().yaml()));
        assertThat(there).isEqualTo(Files.readAllBytes(output));
        assertThat(Objects.requireNonNull(status.result()).digest()).isEqualTo(Sha256.of(there));
    }

    @Test
    void groupsInAConfigMapAreThoseOfALocalRunBitForBit() throws IOException {
        volume.claimed().withPrices(5, 2);
        Manifest sums = volume.average("sums", 2)
                .with("spec.operation", "{aggregate: {groupBy: [name], measures: [{function: sum, column: price}]}}");
        Job job = sandbox.submit(sums.with("spec.output", "{configMap: {name: sums}}"));
        AggregateResult there = (AggregateResult) Objects.requireNonNull(
                job.await("Complete", now -> now.phase() == Phase.COMPLETE).result());
        byte[] content = job.resultIn("sums");

        Path output = volume.folder().resolve("sums.txt");
        AggregateResult here = (AggregateResult)
                Objects.requireNonNull(Outcome.ofLocalRun(sums.with("spec.output", "{uri: 'file://" + output + "'}")
                                .yaml())
                        .result());
        assertThat(content).isEqualTo(Files.readAllBytes(output));
        assertThat(there.digest()).isEqualTo(here.digest()).isEqualTo(Sha256.of(content));
        assertThat(there.rows()).isEqualTo(here.rows());
    }

    /** The first worker finds the delimiter; slices begin within the quoted texts, which contain other delimiters. */
    @Test
    void theOutputForAFoundDelimiterIsThatOfALocalRunBitForBit() throws IOException {
        StringBuilder rows = new StringBuilder("Song;Plays\n");
        for (int row = 0; row < 2_000; row++) {
            rows.append("\"So, what; ")
                    .append(row % 9)
                    .append("\n\";")
                    .append(row)
                    .append('\n');
        }
        Files.writeString(volume.claimed().folder().resolve("1.csv"), rows);
        Files.writeString(volume.folder().resolve("2.csv"), "Song;Plays\n\"Blue | in, green\";7\n");
        Path output = volume.folder().resolve("totals.txt");
        Manifest totals = volume.average("found", 2)
                .with("spec.input.sliceBytes", "4Ki")
                .with("spec.input.format", "{csv: {delimiter: auto}}")
                .with("spec.operation", "{aggregate: {groupBy: [Song], measures: [{function: sum, column: Plays}]}}")
                .with("spec.output", "{uri: 'file://" + output + "'}");

        FileJobStatus status = sandbox.submit(totals).await("Complete", now -> now.phase() == Phase.COMPLETE);
        byte[] there = Files.readAllBytes(output);

        assertThat(new String(there, UTF_8)).contains("\"So, what; 8\n\",").contains("\"Blue | in, green\",7\n");
        assertThat(Outcome.of(status)).isEqualTo(Outcome.ofLocalRun(totals.yaml(), List.of()));
        assertThat(there).isEqualTo(Files.readAllBytes(output));
        // Only local manifests may say it in short.
        Outcome.ofLocalRun(totals.with("spec.input.format", "auto").yaml(), List.of());
        assertThat(there).isEqualTo(Files.readAllBytes(output));
    }

    @Test
    void aMissingClaimIsNamedAndAwaited() {
        volume.withPrices(2, 1);
        Job job = sandbox.submit(volume.average("early", 1));

        assertThat(job.awaitCondition("Running", "False", "VolumeMissing").message())
                .contains("there is no PersistentVolumeClaim prices in this namespace: create it");
        assertThat(job.status().phase()).isEqualTo(Phase.PENDING);

        volume.claimed();
        job.awaitResult();
    }

    @Test
    void aMissingInputFailsTheJob() {
        volume.claimed();
        Job job = sandbox.submit(volume.average("empty", 2));

        assertThat(job.awaitCondition("Failed", "True", "InputMissing").message())
                .contains(volume.folder() + "/*.csv", "no file matches it");
        Job.await("no worker is started any more").until(() -> job.runningPods().isEmpty());
    }

    @Test
    void aFileThatChangesFailsTheJob() throws IOException {
        volume.claimed().withPrices(MANY, LARGE);
        Job job = sandbox.submit(volume.average("changed", 1).slow());
        job.awaitMidRun();

        Path last = volume.folder().resolve(String.format(Locale.ROOT, "%04d.csv", MANY - 1));
        Files.delete(last);
        Files.writeString(last, "sku,name,price\n1,chair,10\n");

        assertThat(job.awaitCondition("Failed", "True", "InputChanged").message())
                .contains(last.toString());
    }

    @Test
    void workersAreKilledAndAddedInTheMiddleOfIt() {
        volume.claimed().withPrices(MANY, LARGE);
        Job job = sandbox.submit(volume.average("disturbed", 2).slow());
        job.awaitMidRun();

        Pod victim = job.runningPods().getFirst();
        Cluster.node("kill-container", sandbox.namespace(), victim.getMetadata().getName())
                .ok();
        job.scale(3);

        job.awaitResult();
        assertThat(job.pods())
                .filteredOn(pod ->
                        pod.getMetadata().getUid().equals(victim.getMetadata().getUid()))
                .as("the killed worker")
                .singleElement()
                .satisfies(pod -> assertThat(pod.getStatus().getPhase()).isEqualTo("Failed"));
    }
}
