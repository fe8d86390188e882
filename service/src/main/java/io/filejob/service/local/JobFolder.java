package io.filejob.service.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.api.FileJob;
import io.filejob.manifest.ManifestReader;
import io.filejob.security.Sha256;
import io.filejob.service.job.JobName;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.filejob.validation.InvalidManifestException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.UUID;

/** The folder of a job: its manifest, status, store of ledgers, log and results. */
record JobFolder(Path path) {
    private static final String MANIFEST = "job.yaml";
    private static final String STATUS = "status.json";

    /** Creates the folder with the manifest of {@code job}, to which an identity is added. */
    static JobFolder create(Path jobs, String name, FileJob job, Instant now) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.put("name", name);
        metadata.put("namespace", JobName.LOCAL);
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", now.toString());
        for (String kept : new String[] {"labels", "annotations"}) {
            if (job.metadata().has(kept)) {
                metadata.set(kept, job.metadata().get(kept));
            }
        }
        FileJob named = new FileJob(job.apiVersion(), job.kind(), metadata, job.spec(), null);
        JobFolder folder = new JobFolder(jobs.resolve(name));
        try {
            Files.createDirectories(jobs);
            Files.createDirectory(folder.path);
            folder.write(MANIFEST, ManifestReader.write(named));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    private void write(String file, String content) throws IOException {
        Path fresh = path.resolve(file + ".new");
        Files.writeString(fresh, content);
        Files.move(fresh, path.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns the path of the manifest. */
    Path manifest() {
        return path.resolve(MANIFEST);
    }

    /** Returns the path of the status, which the job's process writes. */
    Path status() {
        return path.resolve(STATUS);
    }

    /** Returns the path of the store of ledgers. */
    Path store() {
        return path.resolve("store");
    }

    /** Returns the path of the log. */
    Path log() {
        return path.resolve("log.txt");
    }

    /** Returns the job with its current status; its resource version is a digest of both. */
    FileJob read() throws NoSuchFileException {
        try {
            FileJob job = ManifestReader.read(Files.readString(manifest()));
            String written = Files.exists(status()) ? Files.readString(status()) : "";
            FileJobStatus status = written.isEmpty()
                    ? FileJobStatus.builder(Phase.PENDING, "waiting for its turn")
                            .build()
                    : ManifestReader.readWithStatus(written).status();
            ObjectNode metadata = job.metadata().deepCopy();
            metadata.put(
                    "resourceVersion",
                    version(written + job.spec().workers() + job.spec().suspend()));
            return new FileJob(job.apiVersion(), job.kind(), metadata, job.spec(), status);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | InvalidManifestException e) {
            throw new IllegalStateException("the folder " + path + " cannot be read", e);
        }
    }

    private static String version(String text) {
        return Sha256.of(text).substring(7, 23);
    }
}
