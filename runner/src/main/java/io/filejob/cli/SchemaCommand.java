package io.filejob.cli;

import io.filejob.failure.ExitCode;
import io.filejob.schema.PublishedSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code filejob schema}. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of manifests, by which editors complete and check fields."
                + " A manifest names it in its first line: # yaml-language-server: $$schema=filejob.schema.json")
final class SchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        command.commandLine().getOut().print(PublishedSchema.text());
        command.commandLine().getOut().flush();
        return ExitCode.DONE.number();
    }
}
