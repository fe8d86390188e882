package io.filejob.cli;

import io.filejob.api.FileJob;
import io.filejob.callback.CallbackMessage;
import io.filejob.callback.CallbackOutcome;
import io.filejob.callback.CallbackReport;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.log.Printable;
import io.filejob.spec.CallbackSpec;
import io.filejob.storage.http.HostGuard;
import io.filejob.storage.local.Secrets;
import io.filejob.webhook.CallbackSender;
import io.filejob.webhook.LocalDelivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code filejob notify}. */
@Command(
        name = "notify",
        description = "Calls the receiver of spec.callback about the end of a job, once. The manifest is that of the"
                + " finished job with its status: the output of kubectl get -o yaml, or of filejob run -o yaml. The"
                + " message has the same webhook-id as all others about this end of the job.",
        footer = {
            "",
            "The operator runs this command in a pod for each attempt. Status 0 means that the receiver has accepted the"
                    + " message, 69 that a later attempt may succeed."
        })
final class NotifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private ManifestFile manifest;

    @Option(
            names = "--secret",
            paramLabel = "NAME=PLACE",
            description = "Replaces Secret NAME: a folder with a file for each key, or a file of KEY=VALUE lines.")
    private final List<String> secrets = new ArrayList<>();

    @Option(
            names = "--status-file",
            paramLabel = "FILE",
            description =
                    "Call the receiver like filejob run: for about a minute until it has accepted. FILE is replaced"
                            + " before and after each attempt by the FileJob with status.callback and the condition Notified.")
    private @Nullable Path statusFile;

    @Option(names = "--with-parent", hidden = true, description = "End when standard input is closed.")
    private boolean withParent;

    @Option(
            names = "--in-pod",
            description = "For the operator: Secrets are where it mounts them, and private hosts must be allowed in the"
                    + " chart, too.")
    private boolean inPod;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "For the operator: write the outcome into this file as one line of JSON.")
    private @Nullable Path report;

    @Override
    public Integer call() {
        if (inPod && !secrets.isEmpty()) {
            throw new ParameterException(command.commandLine(), "--in-pod: a pod has its Secrets; leave out --secret");
        }
        if (withParent) {
            Parent.endWith();
        }
        CallbackReport outcome;
        try {
            outcome = send(manifest.readWithStatus());
        } catch (JobFailedException failure) {
            write(CallbackReport.of(CallbackOutcome.NOT_ATTEMPTED, String.valueOf(failure.getMessage())));
            throw failure;
        }
        write(outcome);
        if (outcome.outcome() != CallbackOutcome.DELIVERED) {
            throw new JobFailedException(exitCode(outcome.outcome()), "callback not delivered: " + outcome.message());
        }
        command.commandLine().getOut().println(Printable.line("callback delivered: " + outcome.message()));
        return ExitCode.DONE.number();
    }

    private CallbackReport send(FileJob job) {
        CallbackSpec callback = job.spec().callback();
        if (callback == null) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST, "spec.callback: not set; name a FileJob that has a callback");
        }
        Secrets known = inPod ? Secrets.ofPod(System.getenv()) : Secrets.of(secrets);
        HostGuard guard = inPod
                ? HostGuard.ofPod(job.spec().network(), System.getenv())
                : HostGuard.local(job.spec().network());
        CallbackSender sender = new CallbackSender(callback, known, guard, Clock.systemUTC());
        if (statusFile == null) {
            return sender.send(CallbackMessage.of(job));
        }
        StatusFile status = StatusFile.ofEnded(statusFile, job);
        return LocalDelivery.of(sender, job, told -> status.write(job.withStatus(told)), Clock.systemUTC())
                .report();
    }

    private static ExitCode exitCode(CallbackOutcome outcome) {
        return switch (outcome) {
            case SECRET_UNUSABLE, ADDRESS_REFUSED -> ExitCode.BAD_MANIFEST;
            case CERTIFICATE_REFUSED -> ExitCode.CREDENTIALS_REFUSED;
            case DELIVERED, GONE, REJECTED, UNREACHABLE, NOT_ATTEMPTED -> ExitCode.UNAVAILABLE;
        };
    }

    /** Writes the file in place, since a pod's termination message must not be replaced. */
    private void write(CallbackReport outcome) {
        if (report == null) {
            return;
        }
        try {
            Files.writeString(report, outcome.text());
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.NO_OUTPUT, "--report: " + report + " cannot be written: " + IoReason.of(e), e);
        }
    }
}
