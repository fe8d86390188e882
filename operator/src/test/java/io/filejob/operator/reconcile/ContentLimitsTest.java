package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.InputListingConfigMap;
import io.filejob.cluster.LedgerConfigMap;
import io.filejob.ledger.AveragePartial;
import io.filejob.ledger.BoundedGzip;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.SliceResult;
import io.filejob.operation.Planner;
import io.filejob.operator.ApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.plan.InputFile;
import io.filejob.plan.Plan;
import io.filejob.security.Sha256;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.filejob.status.RowCounts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ledgers and listings are read up to their maximum size. Larger ones fail their own job with the limit, and a job in
 * another namespace continues.
 */
@QuarkusTest
@QuarkusTestResource(ApiServer.class)
final class ContentLimitsTest {
    private static final int SLICES = 6;

    @Inject
    KubernetesClient client;

    private final TestNamespace namespace = new TestNamespace();
    private final TestNamespace neighbour = new TestNamespace();
    private FileJobResource other = Jobs.job(1, SLICES);

    @BeforeEach
    void otherJob() {
        other = neighbour.create(Jobs.job(1, SLICES));
    }

    @AfterEach
    void theOtherJobContinues() throws IOException {
        assertThat(TestNamespace.condition(neighbour.awaitStatus(other, _ -> true), "Failed")
                        .status())
                .isEqualTo("Unknown");
        write(neighbour, other, ledger(neighbour, other));
        awaitRead(neighbour, other);
    }

    /** Returns the unpacked ledger of a worker that has done one slice. */
    private static byte[] ledger(TestNamespace namespace, FileJobResource job) throws IOException {
        namespace.awaitStatus(job, status -> status.plan() != null);
        String fingerprint = TestNamespace.soon("the fingerprint")
                .until(
                        () -> TestNamespace.client()
                                .configMaps()
                                .inNamespace(namespace.name())
                                .withName(Names.base(job))
                                .get(),
                        Objects::nonNull)
                .getMetadata()
                .getAnnotations()
                .get(ClusterNames.FINGERPRINT);
        SliceResult result = new SliceResult(
                0, 0, 1, true, 0, 0, new RowCounts(2, 2, 0), List.of(), null, null, new AveragePartial("3", 2));
        byte[] packed =
                LedgerConfigMap.encode(new Ledger(Objects.requireNonNull(fingerprint), 0, "attempt", List.of(result)));
        return BoundedGzip.unpack(packed, LedgerConfigMap.MAX_UNPACKED).orElseThrow();
    }

    /** Returns a ledger with spaces after its JSON, which has {@code size} bytes. */
    private static byte[] padded(byte[] ledger, int size) {
        String text = new String(ledger, StandardCharsets.UTF_8);
        String name = text.substring(0, text.indexOf(' '));
        byte[] json = text.substring(text.indexOf('\n') + 1).getBytes(StandardCharsets.UTF_8);
        int head = head(name, new byte[size - json.length]).length;
        int digits = Integer.toString(size - head).length()
                - Integer.toString(size - json.length).length();
        byte[] content = spaced(json, size - head - digits);
        byte[] padded = Arrays.copyOf(head(name, content), size);
        System.arraycopy(content, 0, padded, size - content.length, content.length);
        return padded;
    }

    private static byte[] head(String name, byte[] content) {
        return (name + " " + content.length + " " + Sha256.of(content) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] spaced(byte[] json, int size) {
        byte[] content = Arrays.copyOf(json, size);
        Arrays.fill(content, json.length, size, (byte) ' ');
        return content;
    }

    private static String packed(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    private void write(TestNamespace place, FileJobResource job, byte[] ledger) throws IOException {
        client.resource(place.owned(job, Names.base(job) + "-0-attempt", ClusterNames.ROLE_LEDGER)
                        .addToBinaryData(ClusterNames.LEDGER_KEY, packed(ledger))
                        .build())
                .create();
    }

    private static void awaitRead(TestNamespace place, FileJobResource job) {
        place.awaitStatus(
                job, status -> status.slices() != null && status.slices().done() == 1);
    }

    private void assertFails(FileJobResource job, String reason, String... words) {
        FileJobStatus failed = namespace.awaitStatus(job, status -> status.phase() == Phase.FAILED);
        assertThat(TestNamespace.condition(failed, "Failed").reason()).isEqualTo(reason);
        assertThat(failed.message()).contains(words);
    }

    @ParameterizedTest
    @ValueSource(ints = {LedgerConfigMap.MAX_UNPACKED - 1, LedgerConfigMap.MAX_UNPACKED})
    void aLedgerOfTheMaximumSizeIsRead(int size) throws IOException {
        FileJobResource job = namespace.create(Jobs.job(1, SLICES));

        write(namespace, job, padded(ledger(namespace, job), size));

        awaitRead(namespace, job);
    }

    @ParameterizedTest
    @ValueSource(ints = {LedgerConfigMap.MAX_UNPACKED + 1, 30 * LedgerConfigMap.MAX_UNPACKED})
    void aLargerLedgerFailsItsJob(int size) throws IOException {
        FileJobResource job = namespace.create(Jobs.job(1, SLICES));

        write(namespace, job, padded(ledger(namespace, job), size));

        assertFails(job, "StoreLost", Names.base(job) + "-0-attempt", "unpacks to more than 8388608 bytes");
    }

    /** A ledger may take many times its size once it is parsed. */
    @Test
    void aLedgerThatTakesMoreThanTheOperatorsMemoryFailsItsJob() throws IOException {
        FileJobResource job = namespace.create(Jobs.job(1, SLICES));
        byte[] ledger = padded(ledger(namespace, job), LedgerConfigMap.MAX_UNPACKED);
        Arrays.fill(ledger, ledger.length - 8_000_000, ledger.length, (byte) '[');

        write(namespace, job, ledger);

        assertFails(
                job,
                "PartialTooLarge",
                "input listing and ledgers: too large for the operator's memory",
                String.format(Locale.ROOT, "limit %,d", Runtime.getRuntime().maxMemory() / 4),
                "resources.limits.memory");
    }

    private FileJobResource jobOfFiles() {
        return namespace.create(Jobs.job("""
                {"workers": 1, "input": {"files": ["/data/*.csv"]},
                 "operation": {"average": {"column": "price"}},
                 "volumes": [{"name": "data", "claimName": "prices", "mountPath": "/data"}]}
                """));
    }

    /** Writes a listing of one file with spaces after its JSON, which has {@code size} bytes. */
    private void pin(FileJobResource job, int size) throws IOException {
        Plan plan = Planner.plan(job.getSpec(), List.of(new InputFile("/data/a.csv", 10, "1", true)));
        byte[] json = "[[\"/data/a.csv\", \"10\", \"1\"]]".getBytes(StandardCharsets.UTF_8);
        client.resource(namespace
                        .owned(job, ClusterNames.plan(Names.base(job)), ClusterNames.ROLE_PLAN)
                        .editMetadata()
                        .addToAnnotations(
                                ClusterNames.FINGERPRINT, plan.fingerprint().combined())
                        .addToAnnotations(
                                ClusterNames.CUT, plan.fingerprint().cut().text())
                        .endMetadata()
                        .addToBinaryData(ClusterNames.INPUTS_KEY, packed(spaced(json, size)))
                        .build())
                .create();
    }

    @ParameterizedTest
    @ValueSource(ints = {InputListingConfigMap.MAX_UNPACKED - 1, InputListingConfigMap.MAX_UNPACKED})
    void aListingOfTheMaximumSizeIsRead(int size) throws IOException {
        FileJobResource job = jobOfFiles();

        pin(job, size);

        FileJobStatus planned = namespace.awaitStatus(job, status -> status.plan() != null);
        assertThat(Objects.requireNonNull(planned.plan()).inputs()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {InputListingConfigMap.MAX_UNPACKED + 1, 6 * InputListingConfigMap.MAX_UNPACKED})
    void aLargerListingFailsItsJob(int size) throws IOException {
        FileJobResource job = jobOfFiles();

        pin(job, size);

        assertFails(
                job,
                "StoreLost",
                "the listing in ConfigMap " + ClusterNames.plan(Names.base(job)),
                "unpacks to more than 33554432 bytes");
    }
}
