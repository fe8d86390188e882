package io.filejob.cli;

import io.filejob.failure.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code filejob completion}. */
@Command(
        name = "completion",
        description = "Prints a script that completes commands and options in a shell. In ~/.bashrc or ~/.zshrc:"
                + " source <(filejob completion bash), or zsh; in ~/.config/fish/config.fish: filejob completion fish |"
                + " source.")
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "SHELL", description = "The shell: ${COMPLETION-CANDIDATES}.")
    private Shell shell;

    /** A shell with completion. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    @Override
    public Integer call() {
        CommandLine root = command.root().commandLine();
        command.commandLine()
                .getOut()
                .print(
                        switch (shell) {
                            // The script for bash also loads zsh's emulation of bash's completion.
                            case bash, zsh -> AutoComplete.bash("filejob", root);
                            case fish -> FishCompletion.script(root);
                        });
        command.commandLine().getOut().flush();
        return ExitCode.DONE.number();
    }
}
