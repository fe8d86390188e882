package io.filejob.storage;

import io.filejob.job.LostPartial;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import io.filejob.read.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A folder of a file system; one that is not for results is made when the first file is written. */
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

    /** Finds out whether {@code file} can be written; {@link ExitCode#NO_OUTPUT} if not. */
    static void check(Path file) {
        Path folder = file.resolveSibling(".").normalize();
        String obstacle = !Files.isDirectory(folder)
                ? "there is no folder " + folder
                : Files.isDirectory(file)
                        ? "it is a folder"
                        : Files.isWritable(folder) ? "" : "permission denied in " + folder;
        if (!obstacle.isEmpty()) {
            throw new JobFailure(ExitCode.NO_OUTPUT, "the output " + file + " cannot be written: " + obstacle);
        }
    }

    @Override
    public String place(String name) {
        return folder.resolve(name).toString();
    }

    @Override
    public WholeFile create(String name, String writer) {
        try {
            if (loss == ExitCode.NO_OUTPUT) {
                check(folder.resolve(name));
            } else {
                Files.createDirectories(folder);
            }
            return new Writing(folder.resolve(name), folder.resolve("." + name + "." + writer + ".tmp"));
        } catch (IOException e) {
            throw lost(name, "written", e);
        }
    }

    @Override
    public ByteSource open(String name) {
        try {
            Path file = folder.resolve(name);
            return new LocalFile(LocalFile.pin(file), file);
        } catch (NoSuchFileException e) {
            throw loss == ExitCode.STORE_LOST
                    ? new LostPartial(name, "the file " + place(name) + " is missing", e)
                    : lost(name, "read", e);
        } catch (IOException e) {
            throw lost(name, "read", e);
        }
    }

    @Override
    public Optional<byte[]> find(String name) {
        try {
            return Optional.of(Files.readAllBytes(folder.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
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
                if (!name.startsWith(".")) {
                    add(file, name, entries);
                }
            }
            return entries;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new JobFailure(loss, "the folder " + folder + " cannot be read: " + IoReason.of(e), e);
        }
    }

    private static void add(Path file, String name, List<Entry> entries) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                String version = attributes.lastModifiedTime() + " " + attributes.fileKey();
                entries.add(new Entry(name, attributes.size(), version));
            }
        } catch (NoSuchFileException e) {
            // It was removed a moment ago.
            return;
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

    @Override
    public void clear() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(folder);
        } catch (NoSuchFileException | DirectoryNotEmptyException e) {
            // It is gone already, or it holds files of others.
            return;
        } catch (IOException e) {
            throw new JobFailure(loss, "the folder " + folder + " cannot be removed: " + IoReason.of(e), e);
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
        private long written;

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
                written += length;
            } catch (IOException e) {
                throw lost(target.getFileName().toString(), "written (after " + written + " bytes" + room() + ")", e);
            }
        }

        private String room() {
            try {
                return ", " + Files.getFileStore(folder).getUsableSpace() + " are free there";
            } catch (IOException e) {
                // What is wrong with the folder is told by what failed before.
                return "";
            }
        }

        @Override
        public void finish() {
            try {
                if (durable && channel.isOpen()) {
                    channel.force(true);
                }
                channel.close();
            } catch (IOException e) {
                throw lost(target.getFileName().toString(), "written", e);
            }
        }

        @Override
        public void commit() {
            try {
                finish();
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
                committed = true;
                if (durable) {
                    AtomicFile.force(folder);
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
