package io.filejob.storage;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import io.filejob.read.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A folder of a file system, made when the first file is written. */
final class DirectoryFolder implements Folder {
    private final Path folder;
    private final boolean durable;
    private final ExitCode loss;

    private DirectoryFolder(Path folder, boolean durable, ExitCode loss) {
        this.folder = folder;
        this.durable = durable;
        this.loss = loss;
    }

    /** For what does not outlive a job; a crash of the machine may take it along. */
    static DirectoryFolder ofScratch(Path folder) {
        return new DirectoryFolder(folder, false, ExitCode.STORE_LOST);
    }

    /** For results. */
    static DirectoryFolder ofOutput(Path folder) {
        return new DirectoryFolder(folder, true, ExitCode.NO_OUTPUT);
    }

    @Override
    public String place(String name) {
        return folder.resolve(name).toString();
    }

    @Override
    public WholeFile create(String name, String writer) {
        try {
            Files.createDirectories(folder);
            return new Writing(folder.resolve(name), folder.resolve("." + name + "." + writer + ".tmp"));
        } catch (IOException e) {
            throw lost(name, "written", e);
        }
    }

    @Override
    public ByteSource open(String name) {
        try {
            return new LocalFile(LocalFile.pin(folder.resolve(name)));
        } catch (IOException e) {
            throw lost(name, "read", e);
        }
    }

    @Override
    public List<Entry> list() {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!name.startsWith(".") && Files.isRegularFile(file)) {
                    var pinned = LocalFile.pin(file);
                    entries.add(new Entry(name, pinned.size(), pinned.version()));
                }
            }
            return entries;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new JobFailure(loss, "the folder " + folder + " cannot be read: " + IoReason.of(e), e);
        }
    }

    @Override
    public void delete(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw lost(name, "removed", e);
        }
    }

    private JobFailure lost(String name, String what, IOException e) {
        String kind = loss == ExitCode.NO_OUTPUT ? "the output " : "the file ";
        return new JobFailure(loss, kind + place(name) + " cannot be " + what + ": " + IoReason.of(e), e);
    }

    /** Under another name until it is whole. */
    private final class Writing implements WholeFile {
        private final Path target;
        private final Path temporary;
        private final FileChannel channel;
        private boolean committed;

        Writing(Path target, Path temporary) throws IOException {
            this.target = target;
            this.temporary = temporary;
            this.channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            } catch (IOException e) {
                throw lost(target.getFileName().toString(), "written", e);
            }
        }

        @Override
        public void commit() {
            try {
                if (durable) {
                    channel.force(true);
                }
                channel.close();
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
                committed = true;
                if (durable) {
                    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                        directory.force(true);
                    }
                }
            } catch (IOException e) {
                throw lost(target.getFileName().toString(), "written", e);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
                if (!committed) {
                    Files.deleteIfExists(temporary);
                }
            } catch (IOException e) {
                throw lost(target.getFileName().toString(), "given up", e);
            }
        }
    }
}
