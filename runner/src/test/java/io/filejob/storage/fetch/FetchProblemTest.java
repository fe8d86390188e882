package io.filejob.storage.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Reasons for users. */
final class FetchProblemTest {
    @Test
    void eachReasonIsDocumented() throws IOException {
        String page = Files.readString(Path.of("../docs/reference/fetching.md"));
        assertThat(page.lines().filter(line -> line.matches("[|] `[A-Z][A-Za-z]+` [|].*")))
                .extracting(line -> line.split("`", 3)[1])
                .containsExactlyElementsOf(Arrays.stream(FetchProblem.values())
                        .map(FetchProblem::reason)
                        .toList());
    }
}
