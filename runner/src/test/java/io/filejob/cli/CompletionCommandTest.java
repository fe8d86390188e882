package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts are run by the shells themselves. */
final class CompletionCommandTest {
    @TempDir
    private Path folder;

    @Test
    void bashCompletesCommandsAndOptions() throws IOException, InterruptedException {
        Path script = Files.writeString(
                folder.resolve("completion"), End.of("completion", "bash").out());
        assertThat(bash(script, "filejob vali", 1)).contains("validate").doesNotContain("run");
        assertThat(bash(script, "filejob run --stor", 2)).contains("--store").doesNotContain("--quiet");
    }

    /** Returns what the completion function offers for the word at {@code index} of {@code line}. */
    private String bash(Path script, String line, int index) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "bash",
                        "--norc",
                        "-c",
                        "source \"$1\"; COMP_WORDS=($2); COMP_CWORD=$3; COMP_LINE=$2; COMP_POINT=${#2};"
                                + " _complete_filejob; printf '%s\\n' \"${COMPREPLY[@]}\"",
                        "bash",
                        script.toString(),
                        line,
                        Integer.toString(index))
                .redirectErrorStream(true)
                .start();
        String offered = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(offered).isZero();
        return offered;
    }

    @Test
    void fishHasTheCommandsAndTheValuesOfOptions() {
        assertThat(End.of("completion", "fish").out().lines())
                .anyMatch(line -> line.startsWith("complete -c filejob -n __fish_use_subcommand -f -a 'validate' -d "))
                .anyMatch(
                        line -> line.startsWith(
                                "complete -c filejob -n '__fish_seen_subcommand_from run' -s 'o' -l 'output' -x -a 'text csv json yaml'"));
    }

    @Test
    void anotherShellIsRefused() {
        End end = End.of("completion", "zhs");
        assertThat(end.status()).isEqualTo(64);
        assertThat(end.err()).contains("SHELL: \"zhs\" is not one of bash, zsh, fish; did you mean \"zsh\"?");
    }
}
