package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the README's quick start unchanged. */
final class ReadmeTest {
    private static final Pattern QUICK_START =
            Pattern.compile("<!-- the quick start.*?```sh\n(.*?)```.*?```text\n(.*?)```", Pattern.DOTALL);
    private static final String AGE = " +\\S+$";

    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    @Test
    void theQuickStartPrintsWhatTheReadmeSays() throws IOException {
        MatchResult readme = QUICK_START
                .matcher(Files.readString(Cluster.ROOT.resolve("README.md")))
                .results()
                .findFirst()
                .orElseThrow();

        String printed = Command.run(List.of("bash", "-euc", """
                        export KUBECONFIG_OF_TEST=$(mktemp)
                        trap 'rm -f "$KUBECONFIG_OF_TEST"' EXIT
                        kubectl config view --raw >"$KUBECONFIG_OF_TEST"
                        export KUBECONFIG=$KUBECONFIG_OF_TEST
                        kubectl config set-context --current --namespace=%s
                        %s
                        """.formatted(sandbox.namespace(), readme.group(1))))
                .ok();

        assertThat(rows(printed)).containsSubsequence(rows(readme.group(2)));
    }

    /** Removes the age, and normalizes the width of the columns. */
    private static List<String> rows(String table) {
        return table.lines()
                .map(line -> line.strip().replaceFirst(AGE, "").replaceAll(" +", " "))
                .toList();
    }
}
