package io.filejob.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.log.Printable;
import io.filejob.manifest.ManifestReader;
import io.filejob.spec.OutputSpec;
import io.filejob.storage.temporary.TemporaryFolder;
import io.filejob.terminal.Terminal;
import io.filejob.validation.InvalidManifestException;
import io.filejob.value.Json;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Standard input as an input of a job, and standard output as its output, both named {@code -}. Workers read ranges of files
 * and write an output as a whole, so that they are files in a temporary folder, which stands in for {@value #FOLDER}. {@link
 * #stop} is for any thread, all else for one.
 */
final class StandardStreams implements AutoCloseable {
    /** The name of standard input and of standard output. */
    static final String NAME = "-";

    private static final String FOLDER = "/dev/fd";
    private static final String INPUT = "0";
    private static final String OUTPUT = "1";
    private static final int BUFFER = 1 << 16;

    private final FileJob job;
    private final boolean isRead;
    private final boolean isWritten;
    private final @Nullable TemporaryFolder folder;
    private @Nullable Thread reader;
    private boolean isStopped;

    private StandardStreams(FileJob job, boolean isRead, boolean isWritten) {
        this.job = job;
        this.isRead = isRead;
        this.isWritten = isWritten;
        this.folder = isRead || isWritten ? TemporaryFolder.create() : null;
    }

    /**
     * Returns the streams of {@code job}. Throws {@link JobFailedException} if one of them has several uses.
     *
     * @param format the format of the result; {@link ResultFormat#CSV} gives the job an output
     * @param hasStore whether the job can be resumed, when the streams are gone
     * @param isManifest whether standard input is the manifest
     */
    static StandardStreams of(FileJob job, ResultFormat format, boolean hasStore, boolean isManifest) {
        FileJob printed = format == ResultFormat.CSV ? withOutput(job) : job;
        List<String> files = job.spec().input().files();
        int inputs = files == null ? 0 : Collections.frequency(files, NAME);
        OutputSpec output = printed.spec().output();
        boolean isWritten = output != null && NAME.equals(output.uri());
        if (inputs > 1) {
            throw usage("input -: standard input is named " + inputs + " times, and can be read once");
        }
        if (inputs == 1 && isManifest) {
            throw usage("input -: standard input is the manifest; name a file for one of them");
        }
        if (isWritten && (format == ResultFormat.JSON || format == ResultFormat.YAML)) {
            throw usage("--output " + format + ": standard output is the output of the job; name a file for that");
        }
        if (output != null && isWritten && output.parts() > 1) {
            throw usage("spec.output.parts: standard output has one part; leave it out");
        }
        if (hasStore && (inputs == 1 || isWritten)) {
            throw usage((inputs == 1 ? "input -" : "output -")
                    + ": a job with a store can be resumed, but not standard input and output; name a file, or leave out"
                    + " the store");
        }
        return new StandardStreams(inputs == 1 || isWritten ? replaced(printed) : printed, inputs == 1, isWritten);
    }

    private static JobFailedException usage(String message) {
        return new JobFailedException(ExitCode.USAGE, message);
    }

    private static FileJob withOutput(FileJob job) {
        OutputSpec output = job.spec().output();
        if (output != null) {
            if (NAME.equals(output.uri())) {
                return job;
            }
            throw usage("--output csv: spec.output names another output, " + output.location() + "; leave out one");
        }
        ObjectNode tree = (ObjectNode) Json.tree(job);
        tree.withObject("/spec").putObject("output").put("uri", NAME);
        try {
            return ManifestReader.readWritten(tree.toString());
        } catch (InvalidManifestException e) {
            throw new JobFailedException(ExitCode.USAGE, "--output csv: " + e.getMessage(), e);
        }
    }

    private static FileJob replaced(FileJob job) {
        ObjectNode tree = (ObjectNode) Json.tree(job);
        JsonNode files = tree.at("/spec/input/files");
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i).asText().equals(NAME)) {
                ((ArrayNode) files).set(i, FOLDER + "/" + INPUT);
            }
        }
        JsonNode output = tree.at("/spec/output");
        if (output.path("uri").asText().equals(NAME)) {
            ((ObjectNode) output).put("uri", FOLDER + "/" + OUTPUT);
        }
        return Json.bind(tree, FileJob.class);
    }

    /** Returns the job, with files for {@code -}. */
    FileJob job() {
        return job;
    }

    /** Returns whether the job's output is standard output, which has nothing else then. */
    boolean isWritten() {
        return isWritten;
    }

    /** Returns the option {@code --mount} that the job needs, if any. */
    List<String> mounts() {
        return folder == null ? List.of() : List.of(FOLDER + "=" + folder.path());
    }

    /** Returns how the files of the streams are called in messages. */
    static Map<String, String> names() {
        return Map.of(FOLDER + "/" + INPUT, "standard input", FOLDER + "/" + OUTPUT, "standard output");
    }

    /** Reads standard input to its end, if the job needs it. */
    void read() throws InterruptedException {
        if (!isRead) {
            return;
        }
        synchronized (this) {
            if (isStopped) {
                throw new InterruptedException();
            }
            reader = Thread.currentThread();
        }
        CompletableFuture<@Nullable IOException> end = new CompletableFuture<>();
        // A read of a terminal cannot be interrupted, so that another thread waits for it.
        Thread.ofPlatform().daemon().name("standard-input").start(() -> end.complete(spool(path(INPUT))));
        try {
            IOException problem = end.get();
            if (problem != null) {
                throw new JobFailedException(
                        ExitCode.STORE_LOST,
                        "standard input cannot be copied to " + path(INPUT) + ": " + IoReason.of(problem)
                                + "; set TMPDIR to a folder with more space",
                        problem);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            synchronized (this) {
                reader = null;
            }
        }
    }

    private static @Nullable IOException spool(Path file) {
        try (InputStream in = new FileInputStream(FileDescriptor.in)) {
            Files.copy(in, file);
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    /** Interrupts {@link #read}. */
    synchronized void stop() {
        isStopped = true;
        if (reader != null) {
            reader.interrupt();
        }
    }

    /**
     * Writes the output of the complete job to standard output: its bytes, or to a terminal its text without control
     * characters.
     */
    void write() {
        boolean isShown = Terminal.atStandardOutput() != null;
        try (OutputStream out = new FileOutputStream(FileDescriptor.out);
                InputStream in = Files.newInputStream(path(OUTPUT))) {
            if (isShown) {
                show(in, out);
            } else {
                in.transferTo(out);
            }
        } catch (IOException e) {
            throw new JobFailedException(ExitCode.NO_OUTPUT, "standard output cannot be written: " + IoReason.of(e), e);
        }
    }

    private static void show(InputStream in, OutputStream out) throws IOException {
        Reader text = new InputStreamReader(in, StandardCharsets.UTF_8);
        Writer shown = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        char[] buffer = new char[BUFFER];
        for (int length = text.read(buffer); length >= 0; length = text.read(buffer)) {
            shown.write(Printable.text(new String(buffer, 0, length)));
        }
        shown.flush();
    }

    private Path path(String name) {
        if (folder == null) {
            throw new IllegalStateException("the job has no standard streams");
        }
        return folder.path().resolve(name);
    }

    @Override
    public void close() {
        if (folder != null) {
            folder.close();
        }
    }
}
