package io.filejob.service.local;

import io.filejob.service.job.JobName;
import java.io.IOException;
import java.nio.file.Path;

/** A process of its own that runs jobs, as the service does. */
public final class LocalJobsProcess {
    private LocalJobsProcess() {}

    /**
     * Creates two jobs in the data folder {@code arguments[0]}; the first one reads the pages {@code arguments[1]} and
     * {@code arguments[2]}. Prints their names, and runs until it is killed.
     */
    public static void main(String[] arguments) throws IOException {
        LocalJobs jobs = LocalJobsOf.folder(Path.of(arguments[0]));
        System.out.println(jobs.create(JobName.LOCAL, HeldInput.job("first", arguments[1], arguments[2]), "first key")
                .name());
        System.out.println(jobs.create(JobName.LOCAL, LocalJobsOf.average("second", 3, 10), null)
                .name());
        while (System.in.read() >= 0) {
            // The parent keeps standard input open.
        }
    }
}
