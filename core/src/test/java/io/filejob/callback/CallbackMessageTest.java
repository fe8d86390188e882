package io.filejob.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.manifest.ManifestReader;
import io.filejob.status.CallbackStatus;
import io.filejob.status.Condition;
import io.filejob.status.FileJobStatus;
import io.filejob.status.JobResult;
import io.filejob.status.Phase;
import io.filejob.status.Rejected;
import io.filejob.status.RejectedRecord;
import io.filejob.status.RowCounts;
import io.filejob.status.SliceProgress;
import io.filejob.status.StatusSize;
import io.filejob.status.Summary;
import io.filejob.value.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A message contains the end of a job, is the same at each attempt, and is never too long. */
final class CallbackMessageTest {
    private static final String UID = "8c6f2c9e-0d0c-4d6b-9f0a-5a3f0a1b2c3d";
    private static final String MANIFEST = """
            apiVersion: filejob.io/v1alpha1
            kind: FileJob
            metadata: {%s}
            spec:
              input: {generate: {files: 2, entriesPerFile: 3}}
              operation: {average: {}}
            """;

    private static final String ENDED = "2026-01-01T00:01:00.123Z";

    private static FileJob job(FileJobStatus status) throws Exception {
        return ManifestReader.read(MANIFEST.formatted("name: prices, namespace: shop, uid: " + UID))
                .withStatus(status);
    }

    private static Condition condition(String type, String message) {
        return new Condition(type, "True", "Reason", message, ENDED, 1L);
    }

    private static FileJobStatus ended(Phase phase) {
        return FileJobStatus.builder(phase, "average 1.5")
                .observedGeneration(1L)
                .conditions(List.of(condition("Complete", "average 1.5")))
                .completionTime(ENDED)
                .result(JobResult.ofAverage("1.5"))
                .selector("a=b")
                .build();
    }

    private static JsonNode body(CallbackMessage message) {
        return Json.parse(new String(message.body(), StandardCharsets.UTF_8)).orElseThrow();
    }

    @Test
    void tellsTheEndOfTheJob() throws Exception {
        JsonNode body = body(CallbackMessage.of(job(ended(Phase.COMPLETE))));
        assertThat(body.path("type").asText()).isEqualTo("filejob.complete");
        assertThat(body.path("timestamp").asText()).isEqualTo(ENDED);
        assertThat(body.at("/data/namespace").asText()).isEqualTo("shop");
        assertThat(body.at("/data/name").asText()).isEqualTo("prices");
        assertThat(body.at("/data/uid").asText()).isEqualTo(UID);
        assertThat(body.at("/data/status/phase").asText()).isEqualTo("Complete");
        assertThat(body.at("/data/status/result/average").asText()).isEqualTo("1.5");
        assertThat(body.at("/data/status/conditions/0/type").asText()).isEqualTo("Complete");
        assertThat(body(CallbackMessage.of(job(ended(Phase.FAILED))))
                        .path("type")
                        .asText())
                .isEqualTo("filejob.failed");
    }

    @Test
    void itsIdentifierHasNoFullStopAndTellsTheEndsOfAJobApart() throws Exception {
        FileJobStatus complete = ended(Phase.COMPLETE);
        String id = CallbackMessage.of(job(complete)).id();
        assertThat(id).matches("fj_" + UID + "_[0-9a-f]{8}_complete");
        assertThat(CallbackMessage.of(job(ended(Phase.FAILED))).id()).matches("fj_" + UID + "_[0-9a-f]{8}_failed");
        FileJobStatus redriven =
                complete.toBuilder().completionTime("2026-01-01T00:02:00.123Z").build();
        assertThat(CallbackMessage.of(job(redriven)).id()).isNotEqualTo(id);
    }

    @Test
    void runsOutsideOfAClusterHaveIdentifiersOfTheirOwn() throws Exception {
        FileJob run = ManifestReader.read(MANIFEST.formatted("name: prices.of.today"));
        FileJobStatus first = ended(Phase.COMPLETE);
        FileJobStatus second = first.toBuilder().startTime(ENDED).build();
        String id = CallbackMessage.of(run.withStatus(first)).id();
        assertThat(id).matches("fj_[0-9a-f]{32}_complete");
        assertThat(CallbackMessage.of(run.withStatus(first)).id()).isEqualTo(id);
        assertThat(CallbackMessage.of(run.withStatus(second)).id()).isNotEqualTo(id);
        assertThat(body(CallbackMessage.of(run.withStatus(first))).at("/data").has("uid"))
                .isFalse();
    }

    @Test
    void isTheSameAtEachAttempt() throws Exception {
        FileJobStatus first = ended(Phase.COMPLETE);
        FileJobStatus later = first.toBuilder()
                .observedGeneration(2L)
                .conditions(Stream.concat(
                                first.conditions().stream(), Stream.of(condition(CallbackMessage.CONDITION, "again")))
                        .toList())
                .callback(new CallbackStatus(3, 503, ENDED, ENDED))
                .build();
        assertThat(CallbackMessage.of(job(later)).body())
                .isEqualTo(CallbackMessage.of(job(first)).body());
    }

    /** Control characters take six bytes each in JSON, others up to three. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0001", "\u20ac", "\"", "\ud83d\ude00"})
    void theLargestStatusFits(String character) throws Exception {
        String text = character.repeat(2_000);
        FileJobStatus largest = StatusSize.fit(FileJobStatus.builder(Phase.FAILED, text)
                .reason("BadInput")
                .conditions(
                        Stream.of("Planned", "Running", "Complete", "Failed", "Suspended", "Finished", "CopiesDiffer")
                                .map(type -> condition(type, text))
                                .toList())
                .startTime(ENDED)
                .completionTime(ENDED)
                .slices(new SliceProgress(10_000, 10_000))
                .rows(new RowCounts(Long.MAX_VALUE, Long.MAX_VALUE, 0))
                .rejected(new Rejected(
                        character.repeat(500),
                        Collections.nCopies(
                                Rejected.MAX_SAMPLES, new RejectedRecord(text, Long.MAX_VALUE, text, text, text))))
                .result(JobResult.ofGroups(
                                Long.MAX_VALUE,
                                Collections.nCopies(200, text),
                                Collections.nCopies(JobResult.MAX_ROWS, Collections.nCopies(200, text)))
                        .putTo(character.repeat(500), Long.MAX_VALUE, "sha256:0"))
                .summary(new Summary("10000/10000", text, "1", "1s"))
                .build());
        assertThat(Json.size(largest)).isGreaterThan(CallbackMessage.MAX_BYTES);

        CallbackMessage message = CallbackMessage.of(job(largest));

        assertThat(message.body()).hasSizeLessThanOrEqualTo(CallbackMessage.MAX_BYTES);
        assertThat(body(message).at("/data/status/phase").asText()).isEqualTo("Failed");
        assertThat(body(message).at("/data/status/conditions")).hasSize(7);
    }

    /** The pod that sends a message reads the job from YAML. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a\n",
                "null",
                "~",
                "yes",
                "1.50",
                "0x1F",
                "2026-01-01",
                "- a",
                "a: b #c",
                "*a",
                "'",
                "\"",
                "\\",
                "\u0001",
                "\u0007\u007f",
                "\ufeff",
                "\u00e4\u20ac\ud83d\ude00",
                "\ud800"
            })
    void isTheSameAfterItsWayThroughAManifest(String text) throws Exception {
        FileJob job = job(ended(Phase.COMPLETE).toBuilder()
                .message(text)
                .conditions(List.of(condition("Complete", text)))
                .rejected(new Rejected(null, List.of(new RejectedRecord("in.csv", 2, text, text, text))))
                .result(JobResult.ofGroups(1, List.of(text), List.of(List.of(text))))
                .build());
        FileJob read = ManifestReader.readWithStatus(ManifestReader.write(job));
        assertThat(new String(CallbackMessage.of(read).body(), StandardCharsets.UTF_8))
                .isEqualTo(new String(CallbackMessage.of(job).body(), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"COMPLETE", "FAILED"},
            mode = EnumSource.Mode.EXCLUDE)
    void aJobThatHasNotEndedHasNoMessage(Phase phase) throws Exception {
        FileJob job = job(ended(phase));
        assertThatThrownBy(() -> CallbackMessage.of(job))
                .isInstanceOfSatisfying(JobFailedException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("has not ended");
    }
}
