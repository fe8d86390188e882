package io.filejob.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log lines of workers in pods, as the chart sets them up. */
final class LoggedPodTest {
    private static final Map<String, String> DEBUG =
            Map.of(PodEnvironment.LOG_JSON, "true", PodEnvironment.LOG_LEVEL, "DEBUG");

    @TempDir
    private Path folder;

    private PodEmulation pod = new PodEmulation(Path.of(""));

    @BeforeEach
    void files() {
        pod = new PodEmulation(folder);
    }

    @AfterEach
    void end() {
        pod.close();
    }

    private List<JsonNode> events(TestJob job, int status, Map<String, String> settings) throws Exception {
        assertThat(pod.status(pod.start(job, settings, TestJob.NAME))).isEqualTo(status);
        List<JsonNode> events = new ArrayList<>();
        JsonMapper mapper = JsonMapper.builder().build();
        for (String line : Files.readAllLines(pod.log())) {
            events.add(mapper.readTree(line));
        }
        assertThat(events).isNotEmpty().allSatisfy(event -> {
            assertThat(event.path("timestamp").asText()).isNotEmpty();
            assertThat(event.path(LogFields.NAMESPACE).asText()).isEqualTo(job.namespace);
            assertThat(event.path(LogFields.JOB).asText()).isEqualTo(job.job().name());
            assertThat(event.path(LogFields.WORKER).asInt(-1)).isZero();
            assertThat(event.path(LogFields.ATTEMPT).asText()).isEqualTo("01234567-89ab-4cde-8000-000000000000");
        });
        return events;
    }

    @Test
    void eachSliceIsAnEventWithStageAndNumber() throws Exception {
        String spec = "input: {generate: {files: 5, entriesPerFile: 100, filesPerSlice: 1}}, operation: {average: {}}";
        try (TestJob job = new TestJob(spec, 1, folder)) {
            List<JsonNode> slices = events(job, 0, DEBUG).stream()
                    .filter(event -> event.path("level").asText().equals("DEBUG"))
                    .toList();
            assertThat(slices)
                    .extracting(event -> event.path(LogFields.STAGE).asText()
                            + event.path(LogFields.SLICE).asInt())
                    .containsExactly("map0", "map1", "map2", "map3", "map4");
            assertThat(slices.getFirst().path("message").asText()).matches("slice 0 of map: 100 rows, .* ms");
        }
    }

    @Test
    void aFailureIsAnErrorInOneLine() throws Exception {
        Files.writeString(folder.resolve("in.csv"), "price\n1\nx\n");
        String spec =
                "input: {files: ['%s']}, operation: {average: {column: price}}".formatted(folder.resolve("in.csv"));
        try (TestJob job = new TestJob(spec, 1, folder)) {
            JsonNode last =
                    events(job, 65, Map.of(PodEnvironment.LOG_JSON, "true")).getLast();
            assertThat(last.path("level").asText()).isEqualTo("ERROR");
            assertThat(last.path("message").asText()).contains("in.csv:3");
        }
    }
}
