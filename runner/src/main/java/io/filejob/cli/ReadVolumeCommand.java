package io.filejob.cli;

import io.filejob.cluster.PodEnvironment;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.storage.local.VolumeFile;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code filejob read-volume}. */
@Command(
        name = PodEnvironment.READ_VOLUME,
        description =
                "Writes files of a volume to standard output, for the service, which starts it in a pod: one line with the"
                        + " sizes of all FILEs in bytes, and then a part of the first one. It ends when standard input is"
                        + " closed. Links may not lead out of the volume. Without a FILE, it keeps the pod until no file has"
                        + " been read for some time.")
final class ReadVolumeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Option(
            names = "--volume",
            paramLabel = "FOLDER",
            required = true,
            description = "The folder at which the volume is mounted.")
    private Path volume;

    @Option(names = "--from", paramLabel = "N", description = "The offset of the part, in bytes. Default: 0.")
    private long from;

    @Option(
            names = "--length",
            paramLabel = "N",
            description = "The length of the part, in bytes. Default: 0, which writes the sizes only.")
    private long length;

    @Option(
            names = "--idle",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "Without a FILE: the time without reads after which it ends, in seconds. Default: 120.")
    private int idle;

    @Option(
            names = "--scratch",
            paramLabel = "FOLDER",
            defaultValue = "/tmp",
            description = "The folder in which the processes of a pod notice each other. Default: /tmp.")
    private Path scratch;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "The path of a file, relative to the folder of the volume.")
    private @Nullable List<Path> files;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (from < 0 || length < 0 || idle < 0) {
            throw new ParameterException(command.commandLine(), "numbers must be 0 or more");
        }
        VolumeReads reads = new VolumeReads(scratch);
        if (files == null || files.isEmpty()) {
            reads.awaitEnd(Duration.ofSeconds(idle));
            return ExitCode.DONE.number();
        }
        Parent.endWith();
        try (AutoCloseable _ = reads.begin()) {
            read(files);
        } catch (IOException | RuntimeException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return ExitCode.DONE.number();
    }

    private void read(List<Path> paths) throws IOException {
        List<FileChannel> channels = new ArrayList<>();
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            for (Path path : paths) {
                channels.add(open(path));
            }
            List<Long> sizes = new ArrayList<>();
            for (FileChannel channel : channels) {
                sizes.add(channel.size());
            }
            String line = sizes.stream().map(String::valueOf).collect(Collectors.joining(" ", "", "\n"));
            write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)), out.getChannel());
            copy(channels.getFirst(), paths.getFirst(), out.getChannel());
        } finally {
            for (FileChannel channel : channels) {
                channel.close();
            }
        }
    }

    private FileChannel open(Path path) {
        Path file = volume.resolve(path);
        try {
            return VolumeFile.resolve(volume, file);
        } catch (IOException e) {
            throw new JobFailedException(ExitCode.NO_INPUT, file + ": cannot be read: " + IoReason.of(e), e);
        }
    }

    private void copy(FileChannel in, Path path, FileChannel out) {
        try {
            long position = from;
            long end = Math.addExact(from, length);
            while (position < end) {
                long count = in.transferTo(position, end - position, out);
                if (count <= 0) {
                    throw new JobFailedException(
                            ExitCode.NO_INPUT,
                            volume.resolve(path) + ": ends before the part that is read (" + position + " of " + end
                                    + " bytes)");
                }
                position += count;
            }
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.NO_OUTPUT, volume.resolve(path) + ": cannot be copied: " + IoReason.of(e), e);
        }
    }

    private static void write(ByteBuffer bytes, WritableByteChannel out) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
