package io.filejob.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class JobResultTest {
    private static final JobResult LOADED =
            JobResult.ofRows(499_998, 0, 1, 0, 1).digested();

    /** {@code printf '{"ignored":0,"inserted":499998,"superseded":1,"unchanged":1,"updated":0}' | sha256sum} */
    @Test
    void theDigestOfRowsForATableIsThatOfTheirCountsAsCanonicalJson() {
        assertThat(LOADED.digest())
                .isEqualTo("sha256:7f952942daffcef2a82d2f374f6737aec167566b517d6b182e13003e647a9ac1");
    }

    /** {@code printf '{"average":"499.983287663"}' | sha256sum} */
    @Test
    void whatIsNotThereDoesNotCount() {
        assertThat(JobResult.ofAverage("499.983287663").digested().digest())
                .isEqualTo("sha256:fefeb3661490e46a394bae6f7eb52100ddf861de34e8d6bba67cec5f37928421");
    }

    @Test
    void aCountOfNoneIsShown() throws JsonProcessingException {
        assertThat(new ObjectMapper().writeValueAsString(LOADED))
                .isEqualTo("{\"inserted\":499998,\"updated\":0,\"unchanged\":1,\"ignored\":0,\"superseded\":1,"
                        + "\"digest\":\"sha256:7f952942daffcef2a82d2f374f6737aec167566b517d6b182e13003e647a9ac1\"}");
    }

    static Stream<JobResult> aResultIsTheSameWhenReadAgain() {
        return Stream.of(
                        JobResult.ofAverage("1.5"),
                        JobResult.ofAverage(null),
                        JobResult.ofGroups(0, List.of("k"), List.of()),
                        JobResult.ofGroups(2, List.of("k", "count"), List.of(List.of("a", "1"), List.of("b", "2"))),
                        JobResult.ofRows(0, 0, 0, 0, 0),
                        JobResult.ofRows(1, 2, 3, 4, 5),
                        JobResult.ofImages(ImageCounts.NONE),
                        JobResult.ofImages(new ImageCounts(6, 3, 2, 1, 1000, 400)))
                .flatMap(result -> Stream.of(result, result.digested(), result.putTo("out.csv", 7L, "sha256:00")));
    }

    @ParameterizedTest
    @MethodSource
    void aResultIsTheSameWhenReadAgain(JobResult result) throws JsonProcessingException {
        ObjectMapper json = new ObjectMapper();
        JsonNode tree = json.valueToTree(result);
        assertThat(tree.properties())
                .as("flat but for the counts of images, without empty members")
                .noneMatch(member ->
                        (member.getValue().isObject() && !member.getKey().equals("images"))
                                || member.getValue().isNull());
        assertThat(json.treeToValue(tree, JobResult.class)).isEqualTo(result);
    }
}
