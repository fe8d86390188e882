package io.filejob.storage;

import io.filejob.job.LostPartial;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import io.filejob.read.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** A folder of a file system. A folder for results must exist; any other is created when its first file is written. */
final class DirectoryFolder implements Folder {
    private final Path folder;
    private final Confines confines;
    private final boolean durable;
    private final ExitCode loss;
    private final AtomicBoolean cleaned = new AtomicBoolean();

    private DirectoryFolder(Path folder, Confines confines, boolean durable, ExitCode loss) {
        this.folder = folder;
        this.confines = confines;
        this.durable = durable;
        this.loss = loss;
    }

    /** Opens a folder for files that do not outlive a run; they may be lost if the machine crashes. */
    static DirectoryFolder ofScratch(Path folder) {
        return new DirectoryFolder(folder, Confines.NONE, false, ExitCode.STORE_LOST);
    }

    /** Opens a folder for files that a durable ledger refers to; they are forced to disk before they are committed. */
    static DirectoryFolder ofStore(Path folder, Confines confines) {
        return new DirectoryFolder(folder, confines, true, ExitCode.STORE_LOST);
    }

    /** Opens a folder for results. */
    static DirectoryFolder ofOutput(Path folder, Confines confines) {
        return new DirectoryFolder(folder, confines, true, ExitCode.NO_OUTPUT);
    }

    @Override
    public String place(String name) {
        return folder.resolve(name).toString();
    }

    @Override
    public FileIdentity identity(String name) {
        try {
            return FileIdentity.of(
                    loss == ExitCode.NO_OUTPUT ? OutputPath.resolve(folder.resolve(name), confines) : real(name));
        } catch (IOException e) {
            throw lost(name, "read", e);
        }
    }

    private Path real(String name) throws IOException {
        return confines.resolve(folder.resolve(name), loss);
    }

    @Override
    public Optional<String> findName(String prefix, Predicate<String> wanted) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.startsWith(prefix) && wanted.test(name)) {
                    return Optional.of(name);
                }
            }
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (DirectoryIteratorException e) {
            throw unreadable(new IOException(e));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private JobFailure unreadable(IOException e) {
        return new JobFailure(loss, "the folder " + folder + " cannot be read: " + IoReason.of(e), e);
    }

    @Override
    public WholeFile create(String name, String writer) {
        try {
            Path target;
            if (loss == ExitCode.NO_OUTPUT) {
                target = OutputPath.check(folder.resolve(name), confines);
            } else {
                Path real = confines.resolve(folder, loss);
                AtomicFile.createFolders(real, durable);
                target = real.resolve(name);
            }
            Path beside = target.resolveSibling(".").normalize();
            if (cleaned.compareAndSet(false, true)) {
                TemporaryFile.removeAbandoned(beside);
            }
            return new Writing(target, TemporaryFile.in(beside));
        } catch (IOException e) {
            throw lost(name, "written", e);
        }
    }

    @Override
    public ByteSource open(String name) {
        try {
            Path file = real(name);
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
            return Optional.of(Files.readAllBytes(real(name)));
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
            throw unreadable(e);
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
            // The file was deleted after it had been listed.
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
        try (DirectoryStream<Path> files = Files.newDirectoryStream(confines.resolve(folder, loss))) {
            for (Path file : files) {
                if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(folder);
        } catch (NoSuchFileException | DirectoryNotEmptyException e) {
            // The folder is already deleted, or it holds files that do not belong to the job.
            return;
        } catch (IOException e) {
            throw new JobFailure(loss, "the folder " + folder + " cannot be removed: " + IoReason.of(e), e);
        }
    }

    private JobFailure lost(String name, String what, IOException e) {
        String kind = loss == ExitCode.NO_OUTPUT ? "the output " : "the file ";
        return new JobFailure(loss, kind + place(name) + " cannot be " + what + ": " + IoReason.of(e), e);
    }

    /** A file that is written under a temporary name until it is complete. */
    private final class Writing implements WholeFile {
        private final Path target;
        private final TemporaryFile file;
        private long written;

        Writing(Path target, TemporaryFile file) {
            this.target = target;
            this.file = file;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
                while (buffer.hasRemaining()) {
                    file.channel().write(buffer);
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
                // The exception being reported already describes the problem with the folder.
                return "";
            }
        }

        @Override
        public void finish() {
            try {
                if (durable) {
                    file.channel().force(true);
                }
            } catch (IOException e) {
                throw lost(target.getFileName().toString(), "written", e);
            }
        }

        @Override
        public void commit() {
            try {
                if (loss == ExitCode.NO_OUTPUT) {
                    OutputPath.checkUnchanged(target);
                    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                        file.takeAttributes(target);
                    }
                }
                file.moveTo(target, durable);
            } catch (IOException e) {
                throw lost(target.getFileName().toString(), "written", e);
            }
        }

        @Override
        public void close() {
            try {
                file.close();
            } catch (IOException e) {
                throw lost(target.getFileName().toString(), "given up", e);
            }
        }
    }
}
