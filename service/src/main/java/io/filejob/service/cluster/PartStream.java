package io.filejob.service.cluster;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The output of {@code filejob read-volume} in a pod: a line with the sizes of files, and a part of the first one. A part that
 * ends early is a failure. For one thread.
 */
final class PartStream extends InputStream {
    /** The time for a JVM to start in a pod with little CPU. */
    private static final Duration FIRST_LINE = Duration.ofMinutes(1);

    private static final int MAX_LINE = 1 << 16;
    /** The beginning of a line with an error of the command. */
    private static final String PREFIX = "filejob: ";

    private final ReaderPods.PodRead read;
    private final ReaderProcess process;
    private final List<Long> sizes;
    private long left;

    private PartStream(ReaderPods.PodRead read, ReaderProcess process, List<Long> sizes, long length) {
        this.read = read;
        this.process = process;
        this.sizes = sizes;
        this.left = length;
    }

    /**
     * Starts {@code command}, which prints the sizes of {@code files} files and {@code length} bytes. Throws {@link
     * ProblemException} with its error if it cannot.
     */
    static PartStream open(ReaderPods.PodRead read, List<String> command, int files, long length) {
        ReaderProcess process = null;
        boolean isOpen = false;
        try {
            process = read.start(command);
            List<Long> sizes = sizes(process, files);
            isOpen = true;
            return new PartStream(read, process, sizes, length);
        } finally {
            if (!isOpen) {
                close(read, process);
            }
        }
    }

    private static void close(ReaderPods.PodRead read, @Nullable ReaderProcess process) {
        try {
            if (process != null) {
                process.close();
            }
        } finally {
            read.close();
        }
    }

    private static List<Long> sizes(ReaderProcess process, int files) {
        CompletableFuture<String> line = new CompletableFuture<>();
        Thread.ofVirtual().name("first line of a pod").start(() -> {
            try {
                line.complete(line(process.output()));
            } catch (IOException e) {
                line.completeExceptionally(e);
            }
        });
        try {
            String text = line.get(FIRST_LINE.toMillis(), TimeUnit.MILLISECONDS);
            if (!text.matches("[0-9]+( [0-9]+)*\n")) {
                throw problem(process.error());
            }
            List<Long> sizes = Arrays.stream(text.strip().split(" ", -1))
                    .map(Long::valueOf)
                    .toList();
            if (sizes.size() != files) {
                throw new IllegalStateException("the sizes of " + files + " files: " + text.strip());
            }
            return sizes;
        } catch (ExecutionException e) {
            throw problem(process.error());
        } catch (TimeoutException e) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE,
                    "the pod that reads the volume does not respond within " + FIRST_LINE.toSeconds()
                            + " s; try again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.UNAVAILABLE, "the service is stopping; try again");
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int one = in.read();
        while (one >= 0 && line.length() < MAX_LINE) {
            line.append((char) one);
            if (one == '\n') {
                break;
            }
            one = in.read();
        }
        return line.toString();
    }

    /** Returns the problem with the last line of {@code error}, without the name of the command. */
    private static ProblemException problem(String error) {
        String last = error.lines()
                .filter(line -> line.startsWith(PREFIX))
                .reduce((_, next) -> next)
                .orElse("");
        return last.isEmpty()
                ? new ProblemException(ProblemType.UNAVAILABLE, "the pod that reads the volume has ended; try again")
                : new ProblemException(ProblemType.NOT_FOUND, last.substring(PREFIX.length()));
    }

    /** Returns the sizes of the files in bytes. */
    List<Long> sizes() {
        return sizes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0) {
            return length == 0 ? 0 : -1;
        }
        int count = process.output().read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new IOException("the pod has ended " + left + " bytes before the end of the part: "
                    + process.error().strip());
        }
        left -= count;
        return count;
    }

    @Override
    public void close() {
        close(read, process);
    }
}
