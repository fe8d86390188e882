package io.filejob.service.local;

import io.filejob.api.FileJob;
import io.filejob.manifest.ManifestReader;
import io.filejob.service.ServiceSettings;
import io.filejob.status.FileJobStatus;
import io.filejob.status.SliceProgress;
import io.filejob.validation.InvalidManifestException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens jobs of a data folder, and reads manifests. */
final class LocalJobsOf {
    private LocalJobsOf() {}

    /** Opens the jobs in {@code data}, which run one at a time. */
    static LocalJobs folder(Path data) {
        return folder(data, 1, null, Clock.systemUTC());
    }

    /** Opens the jobs in {@code data} with another command line, number of jobs at a time, or clock. */
    static LocalJobs folder(Path data, int concurrent, @Nullable List<String> command, Clock clock) {
        return new LocalJobs(settings(data, concurrent, command), clock);
    }

    /** Opens the jobs in {@code data}, whose results in object storage browsers download from there. */
    static LocalJobs withDirectDownloads(Path data) {
        return new LocalJobs(
                builder(data, 1)
                        .withDefaultValue("filejob.service.local.direct-downloads", "true")
                        .build()
                        .getConfigMapping(ServiceSettings.class),
                Clock.systemUTC());
    }

    private static SmallRyeConfigBuilder builder(Path data, int concurrent) {
        return new SmallRyeConfigBuilder()
                .withMapping(ServiceSettings.class)
                .withDefaultValue("filejob.service.local.data", data.toString())
                .withDefaultValue("filejob.service.local.concurrent-jobs", Integer.toString(concurrent));
    }

    private static ServiceSettings settings(Path data, int concurrent, @Nullable List<String> command) {
        SmallRyeConfigBuilder settings = builder(data, concurrent);
        if (command != null) {
            settings.withDefaultValue("filejob.service.local.command", String.join(",", command));
        }
        return settings.build().getConfigMapping(ServiceSettings.class);
    }

    /** Returns a job of generated numbers: {@code files} files with {@code entries} numbers each, one file a slice. */
    static FileJob average(String name, int files, int entries) {
        return read(String.format(Locale.ROOT, """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: %s}
                spec:
                  workers: 2
                  input:
                    generate: {files: %d, entriesPerFile: %d, filesPerSlice: 1}
                  operation:
                    average: {}
                """, name, files, entries));
    }

    /** Returns the status of a job, which has one. */
    static FileJobStatus status(FileJob job) {
        return Objects.requireNonNull(job.status());
    }

    /** Returns the number of finished slices of a job. */
    static int slicesDone(FileJob job) {
        SliceProgress slices = status(job).slices();
        return slices == null ? 0 : slices.done();
    }

    /** Returns the number of rows that a job has read. */
    static long rowsIn(FileJob job) {
        return Objects.requireNonNull(status(job).rows()).in();
    }

    /** Reads a manifest. */
    static FileJob read(String manifest) {
        try {
            return ManifestReader.read(manifest);
        } catch (InvalidManifestException e) {
            throw new IllegalArgumentException(e.problems().toString(), e);
        }
    }
}
