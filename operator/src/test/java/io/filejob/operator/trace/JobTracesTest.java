package io.filejob.operator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.cluster.TraceIds;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.status.Condition;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.filejob.status.RowCounts;
import io.filejob.testing.otlp.OtlpCollector;
import io.filejob.testing.otlp.OtlpCollector.ReceivedSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Spans of the operator, as a collector receives them. */
final class JobTracesTest {
    private static final Map<String, String> ON = Map.of("OTEL_TRACES_EXPORTER", "otlp");
    private static final Instant STARTED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant RUNNING = STARTED.plusSeconds(5);
    private static final Instant ENDED = STARTED.plusSeconds(60);

    private final FileJobResource job = Jobs.job(3, 10);
    private final FileJobStatus running = FileJobStatus.builder(Phase.RUNNING, "running")
            .startTime(STARTED.toString())
            .conditions(List.of(new Condition("Running", "True", "WorkersRunning", "", RUNNING.toString(), null)))
            .build();

    private static FileJobStatus end(Phase phase, String message) {
        return FileJobStatus.builder(phase, message)
                .reason(phase == Phase.FAILED ? "BadInput" : "AllSlicesMerged")
                .startTime(STARTED.toString())
                .completionTime(ENDED.toString())
                .rows(new RowCounts(20, 18, 2))
                .build();
    }

    private Map<String, ReceivedSpan> sent(
            Map<String, String> environment, @Nullable FileJobStatus before, FileJobStatus now) throws Exception {
        try (OtlpCollector collector = new OtlpCollector()) {
            JobTraces traces = JobTraces.of(environment, Map.of("otel.exporter.otlp.endpoint", collector.endpoint()));
            traces.publish(job, null, before, now);
            traces.close();
            return collector.spans().stream().collect(Collectors.toMap(ReceivedSpan::name, Function.identity()));
        }
    }

    private static ReceivedSpan span(Map<String, ReceivedSpan> spans, String name) {
        return Objects.requireNonNull(spans.get(name));
    }

    @Test
    void aCompleteJobIsTheRootOfItsTraceWithTheIdThatWorkersKnow() throws Exception {
        Map<String, ReceivedSpan> spans = sent(ON, running, end(Phase.COMPLETE, "done"));
        assertThat(spans).containsOnlyKeys("job", "wait for workers", "run");
        ReceivedSpan root = span(spans, "job");
        assertThat(root.trace()).isEqualTo("33334444555566660f6a3c1e11112222");
        assertThat(root.id()).isEqualTo(TraceIds.job(Jobs.UID));
        assertThat(root.parent()).isEmpty();
        assertThat(root.failed()).isFalse();
        assertThat(root.service()).isEqualTo("filejob-operator");
        assertThat(Duration.ofNanos(root.end() - root.start())).isEqualTo(Duration.between(STARTED, ENDED));
        assertThat(root.attributes())
                .containsEntry("filejob.rows", "20")
                .containsEntry("filejob.rows.rejected", "2")
                .containsEntry("filejob.workers", "3")
                .containsEntry("filejob.job", job.getMetadata().getName());
        for (String child : List.of("wait for workers", "run")) {
            assertThat(span(spans, child).parent()).isEqualTo(root.id());
            assertThat(span(spans, child).trace()).isEqualTo(root.trace());
        }
        assertThat(span(spans, "run").end() - span(spans, "run").start())
                .isEqualTo(Duration.between(RUNNING, ENDED).toNanos());
    }

    @Test
    void aFailedJobIsAnErrorAndARedriveIsBelowIt() throws Exception {
        ReceivedSpan failed = span(sent(ON, running, end(Phase.FAILED, "http://host/x?token=canary is bad")), "job");
        assertThat(failed.failed()).isTrue();
        assertThat(failed.attributes()).containsEntry("filejob.reason", "BadInput");
        assertThat(failed.attributes().toString()).doesNotContain("canary");
        FileJobStatus again =
                end(Phase.COMPLETE, "done").toBuilder().redrive("1").build();
        ReceivedSpan redrive = span(sent(ON, running, again), "redrive");
        assertThat(redrive.parent()).isEqualTo(failed.id());
        assertThat(redrive.trace()).isEqualTo(failed.trace());
        assertThat(redrive.id()).isNotEqualTo(failed.id());
    }

    @Test
    void nothingIsSentBeforeTheEndOrAgainOrIfTracesAreOff() throws Exception {
        FileJobStatus end = end(Phase.COMPLETE, "done");
        assertThat(sent(ON, running, running)).isEmpty();
        assertThat(sent(ON, end, end)).isEmpty();
        assertThat(sent(Map.of(), running, end)).isEmpty();
        assertThat(sent(Map.of("OTEL_TRACES_EXPORTER", "none"), running, end)).isEmpty();
        assertThat(sent(Map.of("OTEL_TRACES_EXPORTER", "otlp", "OTEL_SDK_DISABLED", "true"), running, end))
                .isEmpty();
    }
}
