package io.filejob.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.api.FileJob;
import io.filejob.engine.Operations;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.log.EventLog;
import io.filejob.manifest.LocalManifest;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.FoundDelimiter;
import io.filejob.operation.Planner;
import io.filejob.plan.Plan;
import io.filejob.storage.Storage;
import io.filejob.storage.temporary.TemporaryFolder;
import io.filejob.value.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code filejob validate}. */
@Command(
        name = "validate",
        description = "Checks manifests and reports all errors in them. It does not read any input or use the network,"
                + " unless --input is set.")
final class ValidateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private ManifestFiles manifests = new ManifestFiles();

    @Mixin
    private ParameterOptions parameters = new ParameterOptions();

    @Option(
            names = "--input",
            description = "Also list the input files and check their headers or, with compressImages, all rows."
                    + " Nothing is fetched, computed or written.")
    private boolean input;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "The output format: text, all problems with their lines and columns as json, or the manifests"
                    + " with parameters, defaults and short forms written out as yaml, for kubectl.")
    private ValidationFormat output;

    /** The format of the report. */
    enum ValidationFormat {
        text,
        json,
        yaml
    }

    @Mixin
    private LocationOptions options = new LocationOptions();

    @Override
    public Integer call() {
        if (!input && !options.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "--mount and --secret have no effect without --input: add that");
        }
        EventLog log = Main.log(command.commandLine().getErr());
        PrintWriter out = command.commandLine().getOut();
        List<ObjectNode> reports = new ArrayList<>();
        int status = ExitCode.DONE.number();
        for (ManifestFile manifest : manifests.all()) {
            ObjectNode report = Json.object().put("file", manifest.name());
            reports.add(report);
            try {
                valid(manifest, reports.size() > 1, report, out, log);
            } catch (JobFailedException e) {
                report.put("valid", false);
                if (e instanceof InvalidFileException invalid) {
                    report.set("problems", ManifestProblems.json(invalid.problems()));
                } else {
                    report.putArray("problems").addObject().put("message", e.getMessage());
                }
                status = status == ExitCode.DONE.number() ? e.exitCode().number() : status;
                if (output != ValidationFormat.json) {
                    Main.explain(e, log);
                }
            }
        }
        if (output == ValidationFormat.json) {
            ObjectNode all = Json.object().put("valid", status == ExitCode.DONE.number());
            all.putArray("manifests").addAll(reports);
            out.println(Json.pretty(all));
        }
        out.flush();
        return status;
    }

    private void valid(ManifestFile manifest, boolean isLater, ObjectNode report, PrintWriter out, EventLog log) {
        LocalManifest read = manifest.readLocal(parameters.edits());
        FileJob job = read.job();
        if (input) {
            checkInput(manifest, job);
        }
        report.put("valid", true).put("name", job.name());
        switch (output) {
            case text -> {
                out.println("FileJob " + job.name() + (input ? " and its input are valid" : " is valid"));
                if (!read.shortForms().isEmpty()) {
                    out.flush();
                    log.info(manifest.name() + ": kubectl does not take the short form of "
                            + String.join(", ", read.shortForms()) + "; filejob validate -o yaml prints the long one");
                }
            }
            case json -> read.shortForms().forEach(report.withArray("shortForms")::add);
            case yaml -> out.print((isLater ? "---\n" : "") + ManifestReader.write(job));
        }
    }

    private void checkInput(ManifestFile manifest, FileJob job) {
        try (TemporaryFolder temporary = TemporaryFolder.create();
                Storage storage = Storage.of(job.spec(), manifest.base(), options.secrets(), options.mounts())) {
            Plan plan = Planner.plan(job.spec(), storage);
            Operations.checkInput(FoundDelimiter.applied(job.spec(), plan), plan.slicing(), storage, temporary.path());
        }
    }
}
