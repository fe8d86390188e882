package io.filejob.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.filejob.failure.UrlRedaction;
import io.filejob.testing.time.TestClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventLogTest {
    private final StringWriter out = new StringWriter();

    private EventLog log(String json, String level) {
        return EventLog.of(
                new PrintWriter(out), Map.of("FILEJOB_LOG_JSON", json, "FILEJOB_LOG_LEVEL", level), new TestClock());
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    @Test
    void textIsTheMessageForPeople() {
        EventLog log = log("false", "info");
        log.set(LogField.JOB, "average");
        log.info("begins");
        log.debug("details");
        log.warn("slow");
        log.error("first\nsecond", null);
        log.line("50%");
        assertThat(lines())
                .containsExactly(
                        "filejob: begins", "filejob: warning: slow", "filejob: first", "filejob: second", "50%");
    }

    @Test
    void controlCharactersOfDataAreReplacedInText() throws Exception {
        log("false", "info").error("in.csv:2: \u001b[31mred\u0007\u202e", null);
        log("false", "info").line("a\u001bb\tc");
        log("true", "info").error("\u001b[31m", null);
        assertThat(lines().subList(0, 2)).containsExactly("filejob: in.csv:2: \uFFFD[31mred\uFFFD\uFFFD", "a\uFFFDb c");
        assertThat(JsonMapper.builder()
                        .build()
                        .readTree(lines().getLast())
                        .path("message")
                        .asText())
                .isEqualTo("\u001b[31m");
    }

    @Test
    void anEventInJsonIsOneLineWithTheFieldsThatAreSet() throws Exception {
        EventLog log = log("TRUE", "DEBUG");
        log.set(LogField.SLICE, "7");
        log.set(LogField.NAMESPACE, "shop");
        log.debug("two\nlines \"quoted\"");
        log.set(LogField.SLICE, null);
        log.error("a bug", new IllegalStateException("at http://u:pw@host/a?sig=x"));
        assertThat(lines()).hasSize(2);
        JsonMapper mapper = JsonMapper.builder().build();
        JsonNode first = mapper.readTree(lines().getFirst());
        assertThat(first.path("message").asText()).isEqualTo("two\nlines \"quoted\"");
        assertThat(first.path("level").asText()).isEqualTo("DEBUG");
        assertThat(first.path("slice").isInt()).isTrue();
        assertThat(first.path("namespace").asText()).isEqualTo("shop");
        assertThat(first.path("timestamp").asText()).matches("[0-9-]+T[0-9:.]+Z");
        JsonNode second = mapper.readTree(lines().getLast());
        assertThat(second.has("slice")).isFalse();
        assertThat(second.path("stackTrace").asText())
                .contains("IllegalStateException", "http://***@host/a?***")
                .doesNotContain("pw", "sig");
    }

    @ParameterizedTest
    @CsvSource({"debug,4", "INFO,3", "warn,2", "Error,1", "nonsense,3", "'',3"})
    void theLevelIsTheLowestThatIsWritten(String level, int lines) {
        EventLog log = log("true", level);
        log.debug("a");
        log.info("b");
        log.warn("c");
        log.error("d", null);
        assertThat(lines()).hasSize(lines);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "GET https://host/a.csv?token=x: 404|GET https://host/a.csv?***: 404",
                "(http://host?x=1), more|(http://host?***), more",
                "postgresql://me:pw@db/x|postgresql://***@db/x",
                "s3://bucket/key is missing|s3://bucket/key is missing",
                "is this a question? yes|is this a question? yes",
                "input http://h/[a].csv?a=b&c=d|input http://h/[a].csv?***"
            })
    void credentialsInUrlsAreMasked(String text, String shown) {
        assertThat(UrlRedaction.of(text)).isEqualTo(shown);
    }
}
