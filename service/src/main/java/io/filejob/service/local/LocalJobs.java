package io.filejob.service.local;

import io.filejob.api.FileJob;
import io.filejob.service.ServiceSettings;
import io.filejob.service.job.Content;
import io.filejob.service.job.JobChange;
import io.filejob.service.job.JobName;
import io.filejob.service.job.JobPage;
import io.filejob.service.job.JobQuery;
import io.filejob.service.job.Jobs;
import io.filejob.service.job.WorkerProgress;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.storage.local.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Jobs in folders below a data folder, which run as processes, a limited number at once. Thread-safe. */
public final class LocalJobs implements Jobs {
    private final Path folder;
    private final Path secretsFolder;
    private final List<String> command;
    private final ExecutorService running;
    private final Clock clock;

    /** Creates the jobs of the data folder in {@code settings}. */
    public LocalJobs(ServiceSettings.LocalSettings settings, Clock clock) {
        this.folder = settings.data().resolve("jobs");
        this.secretsFolder = settings.data().resolve("secrets");
        this.command = settings.command()
                .orElseGet(() -> List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.filejob.cli.Main"));
        this.running = Executors.newFixedThreadPool(settings.concurrentJobs());
        this.clock = clock;
    }

    @Override
    public FileJob create(String namespace, FileJob job, @Nullable String key) {
        String name = job.name() + "-" + UUID.randomUUID().toString().substring(0, 5);
        JobFolder created = JobFolder.create(folder, name, job, clock.instant());
        running.execute(() -> run(created));
        return get(new JobName(JobName.LOCAL, name));
    }

    private void run(JobFolder job) {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of(
                "run",
                job.manifest().toString(),
                "--store=" + job.store(),
                "--status-file=" + job.status(),
                "--with-parent"));
        try {
            new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(job.log().toFile())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public JobPage list(JobQuery query) {
        if (!Files.isDirectory(folder)) {
            return new JobPage(List.of(), null);
        }
        try (Stream<Path> folders = Files.list(folder)) {
            List<FileJob> all = folders.flatMap(path -> {
                        try {
                            return Stream.of(new JobFolder(path).read());
                        } catch (NoSuchFileException e) {
                            return Stream.of();
                        }
                    })
                    .sorted(Comparator.comparing((FileJob job) ->
                                    job.metadata().path("creationTimestamp").asText())
                            .reversed())
                    .toList();
            return new JobPage(all, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public FileJob get(JobName name) {
        try {
            return new JobFolder(folder.resolve(name.name())).read();
        } catch (NoSuchFileException e) {
            throw new ProblemException(ProblemType.NOT_FOUND, "there is no job " + name.name());
        }
    }

    @Override
    public FileJob update(JobName name, JobChange change, @Nullable String version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(JobName name, @Nullable String version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileJob redrive(JobName name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileJob cancel(JobName name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Watch watch(JobName name, Consumer<@Nullable FileJob> listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Content result(JobName name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Content rejects(JobName name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<WorkerProgress> workers(JobName name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> log(JobName name, int worker, int lines) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Secrets secrets(String namespace) {
        return Secrets.in(secretsFolder);
    }

    @Override
    public List<String> plan(JobName name) {
        return LocalPlan.describe(get(name), folder.resolve(name.name()), secrets(name.namespace()));
    }
}
