package io.filejob.cli;

import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.log.EventLog;
import io.filejob.profile.Profiler;
import io.filejob.profile.RunProfile;
import io.filejob.storage.temporary.TemporaryFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of a run that records a profile. */
final class ProfileOption {
    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "Record where the job spends its CPU time, and write it into this file as a flame graph in"
                    + " HTML, also if the job fails. With --processes, each worker has its own graph beside it, such as"
                    + " flame-worker-0.html.")
    private @Nullable Path file;

    private @Nullable JobFailedException failure;

    /** Returns the profile to be filled, after a check that its file can be written; null without the option. */
    @Nullable
    RunProfile of(FileJob job) {
        if (file == null) {
            return null;
        }
        RunProfile profile = new RunProfile(file, "--profile", "FileJob " + job.name());
        profile.check();
        return profile;
    }

    /** Runs {@code work}, records this process meanwhile, and writes {@code profile}, unless it is null. */
    <T> T record(@Nullable RunProfile profile, Interruptible.InterruptibleWork<T> work) throws InterruptedException {
        if (profile == null) {
            return work.call();
        }
        try (TemporaryFolder temporary = TemporaryFolder.create();
                Profiler profiler = Profiler.start(temporary.path())) {
            try {
                return work.call();
            } finally {
                finish(profiler, profile);
            }
        }
    }

    /** Keeps a failure for {@link #status}, since the result of the job is still to be printed. */
    private void finish(Profiler profiler, RunProfile profile) {
        try {
            profile.add(profiler.finish(Integer.MAX_VALUE));
            // A job that is refused before its work may name the file as its input.
            if (profile.isAllowed()) {
                profile.write();
            }
        } catch (JobFailedException e) {
            failure = e;
        }
    }

    /** Returns the exit status of a run that would end with {@code status}, and prints why the profile is missing. */
    int status(int status, EventLog log) {
        if (failure == null) {
            return status;
        }
        int own = Main.explain(failure, log);
        return status == ExitCode.DONE.number() ? own : status;
    }
}
