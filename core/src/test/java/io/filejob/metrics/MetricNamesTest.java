package io.filejob.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the conventions of https://prometheus.io/docs/practices/naming/. */
final class MetricNamesTest {
    static List<MetricDefinition> all() {
        return Stream.of(JobMetrics.all(), OperatorMetrics.all(), WorkerMetrics.all())
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("all")
    void namesAndUnitsFollowTheConventions(MetricDefinition metric) {
        assertThat(metric.name()).matches("filejob_[a-z]+(_[a-z]+)*");
        assertThat(metric.name().endsWith("_total"))
                .as("counters end in _total")
                .isEqualTo(metric.kind() == MetricKind.COUNTER);
        String measured = metric.name().replace("_total", "");
        if (metric.unit().startsWith("seconds")) {
            assertThat(measured).endsWith("_seconds");
        }
        if (metric.unit().equals("bytes")) {
            assertThat(measured).endsWith("_bytes");
        }
        assertThat(metric.help()).endsWith(".").hasSizeLessThan(220);
        assertThat(metric.labels()).allMatch(label -> label.matches("[a-z]+(_[a-z]+)*"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void bucketsAreInAscendingOrder(MetricDefinition metric) {
        assertThat(metric.buckets().isEmpty()).isEqualTo(metric.kind() != MetricKind.HISTOGRAM);
        assertThat(metric.buckets()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void timesOfJobsHaveBucketsUpToADay() {
        assertThat(List.of(JobMetrics.QUEUED, JobMetrics.FIRST_SLICE, JobMetrics.DURATION))
                .allSatisfy(metric -> assertThat(metric.buckets().getLast()).isEqualTo(86400.0));
    }

    @Test
    void eachNameIsDefinedOnce() {
        assertThat(all()).extracting(MetricDefinition::name).doesNotHaveDuplicates();
    }

    /** Names of jobs are unbounded in time: only unfinished jobs have them, in one metric. */
    @Test
    void onlyOneMetricHasTheNameOfAJob() {
        assertThat(all().stream().filter(metric -> metric.labels().contains("name")))
                .containsExactly(JobMetrics.INFO);
    }
}
