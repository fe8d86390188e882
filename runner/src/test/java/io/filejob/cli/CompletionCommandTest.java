package io.filejob.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts are run by the shells themselves. */
final class CompletionCommandTest {
    private static final Path SHELL =
            Path.of("..", "scripts", "shell").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    /** Writes the script for {@code shell} as a process of {@code filejob} prints it. */
    private Path script(String shell) throws IOException {
        StringWriter out = new StringWriter();
        String[] arguments = {"completion", shell};
        assertThat(Main.commandLine(arguments).setOut(new PrintWriter(out)).execute(arguments))
                .isZero();
        return Files.writeString(folder.resolve("completion." + shell), out.toString());
    }

    private String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor())
                .as(out + Files.readString(folder.resolve("err")))
                .isZero();
        return out;
    }

    /** Returns the path of a shell; it is installed if it is missing. */
    private String shell(String name) throws IOException, InterruptedException {
        return run(SHELL.toString(), name).strip();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void theScriptHasAllCommands(String shell) throws IOException {
        assertThat(Files.readString(script(shell)))
                .contains(Main.commandLine().getSubcommands().keySet());
    }

    @Test
    void bashCompletesCommandsAndOptions() throws IOException, InterruptedException {
        Path script = script("bash");
        assertThat(bash(script, "filejob vali", 1)).contains("validate").doesNotContain("run");
        assertThat(bash(script, "filejob run --stor", 2)).contains("--store").doesNotContain("--quiet");
    }

    /** Returns what the completion function offers for the word at {@code index} of {@code line}. */
    private String bash(Path script, String line, int index) throws IOException, InterruptedException {
        return run(
                "bash",
                "--norc",
                "-c",
                "source \"$1\"; COMP_WORDS=($2); COMP_CWORD=$3; COMP_LINE=$2; COMP_POINT=${#2};"
                        + " _complete_filejob; printf '%s\\n' \"${COMPREPLY[@]}\"",
                "bash",
                script.toString(),
                line,
                Integer.toString(index));
    }

    @ParameterizedTest
    @CsvSource({
        "filejob vali, arguments<validate>",
        "filejob run --stor, arguments<run --store>",
        "filejob completion zs, arguments<completion zsh>"
    })
    void zshCompletesTypedWordsAtATerminal(String typed, String run) throws Exception {
        Path driver = Path.of("src", "test", "resources", "completion", "complete.zsh")
                .toAbsolutePath();
        assertThat(run(shell("zsh"), "-f", driver.toString(), script("zsh").toString(), typed))
                .contains(run);
    }

    @ParameterizedTest
    @CsvSource({"filejob vali, validate", "filejob run --stor, --store", "filejob run -o j, json"})
    void fishCompletesTypedWords(String typed, String completed) throws Exception {
        List<String> offered = run(
                        shell("fish"),
                        "--no-config",
                        "-c",
                        "source $argv[1]; complete -C $argv[2]",
                        script("fish").toString(),
                        typed)
                .lines()
                .toList();
        assertThat(offered).singleElement().asString().startsWith(completed);
    }

    @Test
    void anotherShellIsRefused() {
        End end = End.of("completion", "zhs");
        assertThat(end.status()).isEqualTo(64);
        assertThat(end.err()).contains("SHELL: \"zhs\" is not one of bash, zsh, fish; did you mean \"zsh\"?");
    }
}
