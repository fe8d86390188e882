package io.filejob.service.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.api.FileJob;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.filejob.storage.temporary.FolderTree;
import io.filejob.value.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a job: its manifest, status, store of ledgers, log and results. Relative locations of the manifest are
 * below it. Files are replaced as a whole, so that a reader never sees a part of one.
 */
record JobFolder(Path path) {
    /** The prefix of names of folders that are not complete yet, or that are being deleted. */
    static final String HIDDEN = ".";

    private static final String STATUS = "status.json";
    private static final String MANIFEST = "job.json";
    private static final String SUMMARY = "summary.json";
    private static final String CANCELLED = "cancelled";
    private static final String REDRIVEN = "redriven.json";

    /** Creates the folder of {@code job}, which appears with its manifest or not at all. */
    static JobFolder create(Path jobs, FileJob job) throws IOException {
        JobFolder hidden = new JobFolder(jobs.resolve(HIDDEN + "new-" + job.name()));
        hidden.remove();
        Files.createDirectory(hidden.path);
        hidden.writeManifest(job);
        JobFolder folder = new JobFolder(jobs.resolve(job.name()));
        Files.move(hidden.path, folder.path, StandardCopyOption.ATOMIC_MOVE);
        return folder;
    }

    private void write(String file, byte[] content) throws IOException {
        Path fresh = path.resolve(HIDDEN + file);
        Files.write(fresh, content);
        Files.move(fresh, path.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns the name of the job. */
    String name() {
        return path.getFileName().toString();
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

    /** Returns the flame graph, which exists only after a process that was profiled. */
    Path profile() {
        return path.resolve("profile.html");
    }

    /** Replaces the manifest. */
    void writeManifest(FileJob job) throws IOException {
        JsonNode tree = Json.tree(job);
        dropNulls(tree);
        write(MANIFEST, Json.bytes(tree));
    }

    /** Removes absent values, which manifests must not name. */
    private static void dropNulls(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            object.properties().removeIf(member -> member.getValue().isNull());
        }
        tree.forEach(JobFolder::dropNulls);
    }

    /** Returns the job without its status. */
    FileJob readManifest() throws IOException {
        return readJson(MANIFEST)
                .flatMap(tree -> Json.bindIfPossible(tree, FileJob.class))
                .orElseThrow(() -> new IOException(manifest() + " is damaged"));
    }

    /** Replaces the status; only while the job has no process. */
    void writeStatus(FileJob job) throws IOException {
        write(STATUS, Json.bytes(job));
    }

    /** Returns the status that was written last; null before the first one. */
    @Nullable
    FileJobStatus readStatus() throws IOException {
        return readJson(STATUS)
                .map(tree -> tree.path("status"))
                .filter(JsonNode::isObject)
                .flatMap(tree -> Json.bindIfPossible(tree, FileJobStatus.class))
                .orElse(null);
    }

    /** Returns the summary of an ended job; empty if the job has not ended. */
    Optional<EndedSummary> readSummary() throws IOException {
        return readJson(SUMMARY).flatMap(tree -> Json.bindIfPossible(tree, EndedSummary.class));
    }

    private Optional<JsonNode> readJson(String file) throws IOException {
        try {
            return Json.parse(Files.readString(path.resolve(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Removes the records of requests that have led to the final status, after it has been written. */
    void clearRequests() throws IOException {
        Files.deleteIfExists(path.resolve(CANCELLED));
        Files.deleteIfExists(path.resolve(REDRIVEN));
    }

    /** Records that the job has ended, after its status has been written. */
    void end(EndedSummary summary) throws IOException {
        write(SUMMARY, Json.bytes(summary));
    }

    /** Records that the job is to be stopped for good. */
    void cancel() throws IOException {
        Files.write(path.resolve(CANCELLED), new byte[0]);
    }

    /** Returns whether the job is to be stopped for good. */
    boolean isCancelled() {
        return Files.exists(path.resolve(CANCELLED));
    }

    /** Records that the failed part of the job is to be done again. The status moves, so it no longer counts. */
    void redrive() throws IOException {
        Files.deleteIfExists(path.resolve(SUMMARY));
        Files.move(status(), path.resolve(REDRIVEN), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns whether the failed part of the job is to be done again. */
    boolean isRedriven() {
        return Files.exists(path.resolve(REDRIVEN));
    }

    /** Returns whether {@code status} is that of a job that has ended. */
    static boolean isEnd(@Nullable FileJobStatus status) {
        return status != null && isEnd(status.phase());
    }

    /** Returns whether {@code phase} is that of a job that has ended. */
    static boolean isEnd(Phase phase) {
        return phase == Phase.COMPLETE || phase == Phase.FAILED;
    }

    /** Deletes the folder; if that is interrupted, its name shows that it is no job any more. */
    void delete() throws IOException {
        JobFolder hidden = new JobFolder(path.resolveSibling(HIDDEN + "old-" + name()));
        hidden.remove();
        Files.move(path, hidden.path, StandardCopyOption.ATOMIC_MOVE);
        hidden.remove();
    }

    /** Deletes the folder with all files below it, without following links. */
    void remove() throws IOException {
        FolderTree.delete(path);
    }
}
