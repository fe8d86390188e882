package io.filejob.cli;

import io.filejob.failure.ExitCode;
import io.filejob.schema.FieldExplanation;
import io.filejob.schema.SchemaField;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code filejob explain}. With a manifest it is {@code filejob plan}, which had this name before. */
@Command(
        name = "explain",
        description = "Explains a field of manifests: its type, default, limits and description, and its own fields."
                + " With a file instead of a field, it is filejob plan.")
final class ExplainCommand implements Callable<Integer> {
    private static final Pattern MANIFEST = Pattern.compile("(?i)-|-f.*|--file.*|.*[.](ya?ml|json)|.*/.*");

    @Spec
    private CommandSpec command;

    @Parameters(
            paramLabel = "FIELD",
            arity = "0..1",
            defaultValue = "",
            completionCandidates = FieldPaths.class,
            description = "A path of names, for example spec.input. If absent, the whole manifest.")
    private String field;

    @Option(
            names = {"-r", "--recursive"},
            description = "Print the names and types of all fields below, without descriptions.")
    private boolean recursive;

    @Unmatched
    private List<String> further = new ArrayList<>();

    @Override
    public Integer call() {
        List<String> arguments = command.commandLine().getParseResult().originalArgs();
        List<String> own = arguments.subList(arguments.indexOf(command.name()) + 1, arguments.size());
        if (own.stream().anyMatch(ExplainCommand::isManifest)) {
            CommandLine plan =
                    Objects.requireNonNull(command.root().subcommands().get("plan"));
            return plan.execute(own.toArray(String[]::new));
        }
        if (!further.isEmpty()) {
            throw new UnmatchedArgumentException(command.commandLine(), further);
        }
        SchemaField found;
        try {
            found = SchemaField.find(field);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
        command.commandLine()
                .getOut()
                .print(recursive ? FieldExplanation.recursive(found) : FieldExplanation.of(found));
        command.commandLine().getOut().flush();
        return ExitCode.DONE.number();
    }

    private static boolean isManifest(String argument) {
        return MANIFEST.matcher(argument).matches() || Files.isRegularFile(Path.of(argument));
    }

    /** The paths of all fields, for the completion of shells. */
    static final class FieldPaths implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return SchemaField.root().descendants().map(SchemaField::path).iterator();
        }
    }
}
