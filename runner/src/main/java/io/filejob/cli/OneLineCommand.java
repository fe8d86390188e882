package io.filejob.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.log.EventLog;
import io.filejob.oneline.ManifestDraft;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command whose arguments stand for a manifest, which it runs or prints. */
abstract class OneLineCommand extends AbstractRunCommand {
    /** The heading of the examples in a help text. */
    static final String EXAMPLES = "%nExamples:%n";

    @Spec
    private CommandSpec command;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "The input, in reading order: files, folders, patterns in quotes ('data/**/*.csv'), s3: and"
                    + " https: URLs. Compressed files (.gz, .zst) are unpacked. - is standard input, which is"
                    + " copied to a temporary file (TMPDIR) first.")
    private final List<String> files = new ArrayList<>();

    @Option(
            names = "--manifest",
            description = "Print the job's manifest instead of running it, for filejob run and kubectl apply.")
    private boolean isPrinted;

    @Option(names = "--name", paramLabel = "NAME", description = "The job's name in the manifest.")
    private @Nullable String name;

    private @Nullable ManifestDraft draft;

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Mixin
    private final BadRecordOptions badRecords = new BadRecordOptions();

    /** Fills in {@code operation}, the field {@code spec.operation}, from the options of the command. */
    abstract void operation(ManifestDraft draft, ObjectNode operation);

    /** Returns the arguments that name the input. */
    final List<String> files() {
        return Collections.unmodifiableList(files);
    }

    /** Returns the location of the output, null if there is none. */
    abstract @Nullable String output();

    @Override
    public final Integer call() throws InterruptedException {
        if (!isPrinted) {
            return super.call();
        }
        ManifestDraft printed = draft();
        printed.job();
        PrintWriter out = command.commandLine().getOut();
        out.print(printed.text());
        out.flush();
        return ExitCode.DONE.number();
    }

    private ManifestDraft draft() {
        ManifestDraft filled = new ManifestDraft(name == null ? command.name() : name);
        draft = filled;
        filled.from("spec.workers", "--workers").from("spec.store", "--store").from("spec.output", "--output");
        if (workers() != null) {
            filled.spec().put("workers", workers());
        }
        badRecords.addTo(filled);
        FormatOptions.name(filled);
        format.addTo(
                filled.input(files, base()),
                files,
                (entries, csv) -> DetectedDelimiter.of(entries, csv, base(), log()));
        operation(filled, filled.spec().putObject("operation"));
        String output = output();
        if (output != null) {
            filled.spec().putObject("output").put("uri", output);
        }
        return filled;
    }

    /** Returns the log, whose messages name the options instead of the fields of the manifest that they have set. */
    @Override
    final EventLog log() {
        EventLog log = super.log();
        if (draft != null) {
            log.reword(draft::worded);
        }
        return log;
    }

    @Override
    final FileJob job() {
        FileJob job = onAllCores(draft().job());
        prepare(job);
        return job;
    }

    /** Makes what {@code job} needs, before it is run. */
    void prepare(FileJob job) {
        // Only some commands need something.
    }

    @Override
    final Path base() {
        return Path.of("").toAbsolutePath();
    }

    @Override
    final boolean isManifestRead() {
        return false;
    }

    @Override
    final @Nullable Path file() {
        return null;
    }
}
