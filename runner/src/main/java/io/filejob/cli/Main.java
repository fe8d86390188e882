package io.filejob.cli;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.log.EventLog;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The command line. */
@Command(
        name = "filejob",
        description = "Processes big files with W workers, on this machine or on a cluster.",
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private Main() {}

    /** All commands, which are not needed to run an ordinary job. */
    private static final class Commands {
        /** By name, in the order of the help. */
        static final Map<String, Class<?>> ALL = Stream.of(
                        RunCommand.class,
                        AverageCommand.class,
                        AggregateCommand.class,
                        IngestCommand.class,
                        ImagesCommand.class,
                        RedriveCommand.class,
                        ValidateCommand.class,
                        RefreshCommand.class,
                        CleanupCommand.class,
                        NotifyCommand.class,
                        PlanCommand.class,
                        ExplainCommand.class,
                        SchemaCommand.class,
                        ProfileCommand.class,
                        CompletionCommand.class,
                        WorkCommand.class,
                        ReadVolumeCommand.class,
                        HelpCommand.class)
                .collect(Collectors.toMap(
                        command -> command.getAnnotation(Command.class).name(),
                        command -> command,
                        (one, _) -> one,
                        LinkedHashMap::new));

        /** Those that need all others. */
        static final Set<Class<?>> ABOUT_ALL = Set.of(HelpCommand.class, CompletionCommand.class);

        private Commands() {}
    }

    /** Runs the command and ends the process with one of the {@link ExitCode}s. */
    public static void main(String[] arguments) {
        System.exit(
                PodCommand.is(arguments, System.getenv())
                        ? PodCommand.execute(arguments, System.getenv())
                        : checked(execute(arguments)));
    }

    /** Runs the command and returns the exit status. */
    static int execute(String... arguments) {
        PlainRun plain = PlainRun.of(arguments);
        return plain == null ? commandLine(arguments).execute(arguments) : plain.execute();
    }

    /** Returns {@code status}, or a failure if the command succeeded but its standard output is incomplete. */
    private static int checked(int status) {
        if (status != ExitCode.DONE.number() || !System.out.checkError()) {
            return status;
        }
        System.err.println("filejob: standard output: cannot be written; check its disk or the program that reads it");
        return ExitCode.NO_OUTPUT.number();
    }

    /**
     * Returns a command line that understands {@code arguments}. It has only the command that they begin with, if there is
     * one that is not about all commands, since reading the options of all takes a third of the time of a small job.
     */
    static CommandLine commandLine(String... arguments) {
        CommandLine commandLine = new CommandLine(new Main());
        Class<?> named = arguments.length == 0 ? null : Commands.ALL.get(arguments[0]);
        if (named == null || Commands.ABOUT_ALL.contains(named)) {
            Commands.ALL.values().forEach(commandLine::addSubcommand);
        } else {
            commandLine.addSubcommand(named);
        }
        commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler((exception, command, _) -> explain(exception, log(command)))
                .setExitCodeExceptionMapper(Main::exitStatus);
        configure(commandLine);
        return commandLine;
    }

    private static void configure(CommandLine commandLine) {
        commandLine.getCommandSpec().mixinStandardHelpOptions(true);
        if (commandLine.getCommand() instanceof OneLineCommand) {
            OneLineHelp.arrange(commandLine);
        }
        Map<String, String> codes = new LinkedHashMap<>();
        Arrays.stream(ExitCode.values()).forEach(code -> codes.put(Integer.toString(code.number()), code.meaning()));
        commandLine.getCommandSpec().usageMessage().exitCodeListHeading("%nExit status:%n");
        commandLine.getCommandSpec().usageMessage().exitCodeList(codes);
        commandLine.getSubcommands().values().stream()
                .filter(subcommand -> !(subcommand.getCommand() instanceof HelpCommand))
                .forEach(Main::configure);
    }

    private static int exitStatus(Throwable exception) {
        return switch (exception) {
            case JobFailedException failure -> failure.exitCode().number();
            case InterruptedException _ -> ExitCode.INTERRUPTED.number();
            case ParameterException _ -> ExitCode.USAGE.number();
            default -> ExitCode.INTERNAL.number();
        };
    }

    /**
     * Prints an exception and returns the exit status: one line for a problem that the user can fix, a stack trace for
     * a bug.
     */
    static int explain(Exception exception, PrintWriter err) {
        return explain(exception, log(err));
    }

    /** As {@link #explain(Exception, PrintWriter)}, in a log that may have fields. */
    static int explain(Exception exception, EventLog log) {
        switch (exception) {
            case JobFailedException failure -> log.error(String.valueOf(failure.getMessage()), null);
            case InterruptedException _ -> {
                // The end by a signal is told when everything is cleaned up.
                if (!Signals.isEnding()) {
                    log.error("interrupted", null);
                }
            }
            default -> log.error("internal error, please report it:", exception);
        }
        return exitStatus(exception);
    }

    private static EventLog log(CommandLine command) {
        return command.getCommand() instanceof AbstractRunCommand run ? run.log() : log(command.getErr());
    }

    /** Returns the log of this process, as the environment wants it. */
    static EventLog log(PrintWriter err) {
        return EventLog.of(err, System.getenv(), Clock.systemUTC());
    }

    /** Prints the version of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"filejob " + (version == null ? "(not packaged)" : version)};
        }
    }
}
