package io.filejob.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class StacksTest {
    private final Stacks stacks = new Stacks();

    @Test
    void textsOfSeveralWorkersAreAdded() {
        stacks.add("a;b 3\na;c 1\n");
        stacks.add("a;b 4\nnot a stack\n 7\nx \n");
        assertThat(stacks.text()).isEqualTo("a;b 7\na;c 1\n");
        assertThat(stacks.samples()).isEqualTo(8);
    }

    @Test
    void aLimitedTextKeepsTheMostFrequentStacksAndAllSamples() {
        for (int i = 0; i < 1000; i++) {
            stacks.add("frame;number" + i + " " + (i + 1) + "\n");
        }
        String text = stacks.text(500);
        assertThat(text).hasSizeLessThanOrEqualTo(500).startsWith("frame;number999 1000\n");
        assertThat(text.lines().toList().getLast()).startsWith(Stacks.OMITTED + " ");
        Stacks again = new Stacks();
        again.add(text);
        assertThat(again.samples()).isEqualTo(stacks.samples());
        stacks.limit(500);
        assertThat(stacks.text()).contains(Stacks.OMITTED);
        assertThat(stacks.size()).isEqualTo(again.size());
    }

    @Test
    void thePageNeedsNoOtherFileAndShowsTheTitleAsText() throws Exception {
        stacks.add("io.filejob.A.run;io.filejob.B.read 12\n");
        String page = new String(FlameGraphs.html("<script>&", stacks), StandardCharsets.UTF_8);
        assertThat(page)
                .contains("&lt;script>&amp;")
                .doesNotContain("<script>&")
                .doesNotContainPattern("src=[\"']?(https?:)?//")
                .doesNotContain("<link");
        assertThat(FlamePage.stacks(page)).isEqualTo("io.filejob.A.run;io.filejob.B.read 12\n");
    }
}
