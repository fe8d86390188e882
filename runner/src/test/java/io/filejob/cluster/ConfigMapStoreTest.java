package io.filejob.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.kubernetes.ConfigMaps;
import io.filejob.ledger.AveragePartial;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.SliceResult;
import io.filejob.plan.Cut;
import io.filejob.plan.Fingerprint;
import io.filejob.status.RowCounts;
import io.filejob.storage.configmap.ConfigMapStore;
import io.filejob.storage.configmap.JobConfigMap;
import io.filejob.storage.state.ProgressSnapshot;
import io.filejob.testing.kubernetes.RealApiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behavior that only ledgers in ConfigMaps have. */
final class ConfigMapStoreTest {
    private static final Cut CUT = new Cut(Cut.PROTOCOL, 10, 0, 0, 0);

    private static final String SPEC =
            "input: {generate: {files: 10, entriesPerFile: 1, filesPerSlice: 1}}, operation: {average: {}}";

    @TempDir
    private Path folder;

    @Test
    void theOperatorsUnionSavesTheListWhileItIsFresh() {
        try (TestJob job = new TestJob(SPEC, 8, folder)) {
            AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
            Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
            ConfigMaps configMaps = job.configMaps();
            ConfigMapStore store = new ConfigMapStore(
                    configMaps,
                    JobConfigMap.read(configMaps, TestJob.NAME),
                    job.plan().fingerprint(),
                    clock);
            store.write(ledger(store.fingerprint(), 0, 0, 1, 2));
            Ledger mine = ledger(store.fingerprint(), 1, 7);

            assertThat(store.look(job.plan(), mine).count())
                    .as("no union, a list")
                    .isEqualTo(4);
            assertThat(job.proxy.count("LIST")).isEqualTo(1);

            job.annotate("filejob.io/done=0-5", "filejob.io/done-at=" + clock.instant(), "filejob.io/workers=9");
            ProgressSnapshot look = store.look(job.plan(), mine);
            assertThat(look.count()).as("the union and mine").isEqualTo(7);
            assertThat(look.workers()).hasValue(9);
            assertThat(job.proxy.count("LIST")).isEqualTo(1);

            now.set(clock.instant().plusSeconds(7));
            assertThat(store.look(job.plan(), mine).count())
                    .as("a union that is old")
                    .isEqualTo(4);
            assertThat(job.proxy.count("LIST")).isEqualTo(2);

            // An operator with a wrong clock still counts as present.
            job.annotate("filejob.io/done-at=1999-12-31T23:59:59Z");
            assertThat(store.look(job.plan(), mine).count()).isEqualTo(7);
            assertThat(job.proxy.count("LIST")).isEqualTo(2);
        }
    }

    @Test
    void aLedgerThatIsReadOnceIsNotReadAgainUnlessItGrew() {
        try (TestJob job = new TestJob(SPEC, 2, folder)) {
            ConfigMapStore store = job.store();
            store.write(ledger(store.fingerprint(), 0, 0, 1, 2));
            store.write(ledger(store.fingerprint(), 1, 3));
            int before = job.proxy.count("GET");
            assertThat(store.ledgers()).hasSize(2);
            assertThat(store.ledgers()).hasSize(2);
            assertThat(job.proxy.count("GET") - before).isEqualTo(2);
            store.write(ledger(store.fingerprint(), 1, 3, 4));
            assertThat(store.ledgers()).contains(ledger(store.fingerprint(), 1, 3, 4));
            assertThat(job.proxy.count("GET") - before).isEqualTo(3);
        }
    }

    @Test
    void aLedgerThatCannotBeUsedIsNamed() {
        try (TestJob job = new TestJob(SPEC, 2, folder)) {
            ConfigMapStore store = job.store();
            Ledger mine = ledger(store.fingerprint(), 0);
            byte[] good = LedgerConfigMap.encode(ledger(store.fingerprint(), 0, 1));
            byte[] bad = good.clone();
            bad[bad.length / 2] ^= 8;
            job.addLedger(
                    "damaged", store.fingerprint(), "1", Base64.getEncoder().encodeToString(bad));
            assertLost(store::ledgers, "ConfigMap damaged");
            job.addLedger(
                    "damaged", store.fingerprint(), "1-x", Base64.getEncoder().encodeToString(good));
            assertLost(() -> store.look(job.plan(), mine), "ConfigMap damaged");
            job.addLedger("damaged", "sha256:another", "1", Base64.getEncoder().encodeToString(good));
            assertLost(() -> store.look(job.plan(), mine), "belongs to another job");
        }
    }

    @Test
    void aJobThatIsGoneAndOneThatIsAnotherAreToldApart() {
        try (TestJob job = new TestJob(SPEC, 2, folder)) {
            ConfigMaps configMaps = job.configMaps();
            JobConfigMap read = JobConfigMap.read(configMaps, TestJob.NAME);
            read.check(job.plan());
            assertThat(read.workers()).isEqualTo(2);
            assertLost(() -> JobConfigMap.read(configMaps, "nothing"), "the job is gone");
            ConfigMapStore store = job.store();
            RealApiServer.get().kubectl("", "delete", "configmap", TestJob.NAME, "-n", job.namespace);
            assertThat(store.look(job.plan(), ledger(store.fingerprint(), 0)))
                    .as("a job that is away for a moment stops no worker")
                    .isNotNull();
            JobConfigMap other = new JobConfigMap(
                    read.name(),
                    read.uid(),
                    read.job(),
                    2,
                    Cut.PROTOCOL,
                    new Fingerprint("x", "y", CUT).combined(),
                    read.owners());
            assertThatThrownBy(() -> other.check(job.plan()))
                    .isInstanceOfSatisfying(JobFailedException.class, failure -> assertThat(failure.exitCode())
                            .isEqualTo(ExitCode.BAD_MANIFEST))
                    .hasMessageContaining("versions");
        }
    }

    /** A full quota is temporary, and it says nothing about the worker's rights. */
    @Test
    void aQuotaThatForbidsALedgerIsNotTakenForMissingRights() {
        try (TestJob job = new TestJob(SPEC, 2, folder)) {
            RealApiServer.get().apply("""
                    {apiVersion: v1, kind: ResourceQuota, metadata: {name: small, namespace: %s}, spec: {hard: {configmaps: 1}}}
                    """.formatted(job.namespace));
            RealApiServer.get()
                    .kubectl(
                            "",
                            "patch",
                            "quota",
                            "small",
                            "-n",
                            job.namespace,
                            "--subresource=status",
                            "--type=merge",
                            "-p",
                            "{\"status\": {\"hard\": {\"configmaps\": \"1\"}, \"used\": {\"configmaps\": \"1\"}}}");
            ConfigMaps configMaps = job.configMaps(Duration.ofSeconds(1));
            AtomicInteger tries = new AtomicInteger();
            await("the quota is in force").atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                String name = "more-" + tries.incrementAndGet();
                assertLost(() -> configMaps.create(name, configMap(name)), "exceeded quota: small");
            });
        }
    }

    private static ObjectNode configMap(String name) {
        ObjectNode map =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata").put("name", name);
        return map;
    }

    @Test
    void aLedgerThatDoesNotFitSaysWhatHelps() throws IOException {
        SplittableRandom random = new SplittableRandom(4);
        List<SliceResult> results = IntStream.range(0, 40_000)
                .mapToObj(slice -> result(slice, Long.toString(random.nextLong())))
                .toList();
        Ledger fits = new Ledger("f", 3, "aaaaaaaa", results.subList(0, 15_000));
        assertThat(LedgerConfigMap.decode(LedgerConfigMap.encode(fits))).isEqualTo(fits);
        assertLost(
                () -> LedgerConfigMap.encode(new Ledger("f", 3, "aaaaaaaa", results)),
                "PartialTooLarge: the 40,000 slice results of worker 3 take");
    }

    private static void assertLost(ThrowingCallable call, String named) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(JobFailedException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.STORE_LOST))
                .hasMessageContaining(named);
    }

    private static Ledger ledger(String fingerprint, int worker, int... slices) {
        return new Ledger(
                fingerprint,
                worker,
                "aaaaaaaa-" + worker,
                IntStream.of(slices).mapToObj(slice -> result(slice, "1")).toList());
    }

    private static SliceResult result(int slice, String sum) {
        return SliceResult.builder(slice, slice, slice + 1L, new AveragePartial(sum, 1))
                .rows(new RowCounts(1, 1, 0))
                .build();
    }
}
