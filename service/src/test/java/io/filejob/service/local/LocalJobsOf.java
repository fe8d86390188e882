package io.filejob.service.local;

import io.filejob.api.FileJob;
import io.filejob.manifest.ManifestReader;
import io.filejob.service.ServiceSettings;
import io.filejob.validation.InvalidManifestException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Opens jobs of a data folder, and reads manifests. */
final class LocalJobsOf {
    private LocalJobsOf() {}

    /** Opens the jobs in {@code data}, one of which runs at a time. */
    static LocalJobs folder(Path data) {
        return folder(data, 1, null, Clock.systemUTC());
    }

    /** Opens the jobs in {@code data} with another command line, number of jobs at a time, or clock. */
    static LocalJobs folder(Path data, int concurrent, List<String> command, Clock clock) {
        return new LocalJobs(settings(data, concurrent, command), clock);
    }

    private static ServiceSettings settings(Path data, int concurrent, List<String> command) {
        ServiceSettings.LocalSettings local = new ServiceSettings.LocalSettings() {
            @Override
            public Path data() {
                return data;
            }

            @Override
            public int concurrentJobs() {
                return concurrent;
            }

            @Override
            public Optional<String> token() {
                return Optional.empty();
            }

            @Override
            public Optional<List<String>> command() {
                return Optional.ofNullable(command);
            }
        };
        return new ServiceSettings() {
            @Override
            public HostKind host() {
                return HostKind.LOCAL;
            }

            @Override
            public long maxUploadBytes() {
                return 0;
            }

            @Override
            public Duration timeToLive() {
                return Duration.ofDays(1);
            }

            @Override
            public LocalSettings local() {
                return local;
            }
        };
    }

    /** Returns a job of generated numbers: {@code files} files with {@code entries} numbers each, one file a slice. */
    static FileJob average(String name, int files, int entries) {
        return read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: %s}
                spec:
                  workers: 2
                  input:
                    generate: {files: %d, entriesPerFile: %d, filesPerSlice: 1}
                  operation:
                    average: {}
                """.formatted(name, files, entries));
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
