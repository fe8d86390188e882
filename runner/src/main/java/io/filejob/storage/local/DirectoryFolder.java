package io.filejob.storage.local;

import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.FileIdentity;
import io.filejob.file.Folder;
import io.filejob.file.IoReason;
import io.filejob.file.PendingFile;
import io.filejob.ledger.LostPartialException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * A folder of a file system. A folder for outputs that a spec names must exist; any other is created when its first file
 * is written.
 */
public final class DirectoryFolder implements Folder {
    /** Number of attempts to create a file in a folder that other processes remove when it is empty. */
    private static final int MAX_TRIES = 50;

    private final Path folder;
    private final Confines confines;
    private final boolean durable;
    private final ExitCode loss;
    private final boolean mustExist;
    private final AtomicBoolean cleaned = new AtomicBoolean();

    private DirectoryFolder(Path folder, Confines confines, boolean durable, ExitCode loss, boolean mustExist) {
        this.folder = folder;
        this.confines = confines;
        this.durable = durable;
        this.loss = loss;
        this.mustExist = mustExist;
    }

    /** Opens a folder for files that do not outlive a run; they may be lost if the machine crashes. */
    public static DirectoryFolder ofScratch(Path folder) {
        return new DirectoryFolder(folder, Confines.NONE, false, ExitCode.STORE_LOST, false);
    }

    /** Opens a folder for files that a durable ledger refers to; they are forced to disk before they are committed. */
    static DirectoryFolder ofStore(Path folder, Confines confines) {
        return new DirectoryFolder(folder, confines, true, ExitCode.STORE_LOST, false);
    }

    /** Opens the existing folder of an output. */
    static DirectoryFolder ofOutput(Path folder, Confines confines) {
        return new DirectoryFolder(folder, confines, true, ExitCode.NO_OUTPUT, true);
    }

    /** Opens a folder for results. */
    static DirectoryFolder ofResults(Path folder, Confines confines) {
        return new DirectoryFolder(folder, confines, true, ExitCode.NO_OUTPUT, false);
    }

    @Override
    public String location(String name) {
        return folder.resolve(name).toString();
    }

    @Override
    public FileIdentity identity(String name) {
        try {
            return RealPath.identity(
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
        try (OpenFolder open = confines.open(real(""));
                DirectoryStream<Path> files = open.entries()) {
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
            throw unreadable(OpenFolder.cause(e));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private JobFailedException unreadable(IOException e) {
        return new JobFailedException(loss, "the folder " + folder + " cannot be read: " + IoReason.of(e), e);
    }

    @Override
    public PendingFile create(String name, String writer) {
        try {
            if (mustExist) {
                Path target = OutputPath.check(folder.resolve(name), confines);
                return begin(target, confines.open(target.resolveSibling(".").normalize()));
            }
            return createWithFolder(name);
        } catch (IOException e) {
            throw lost(name, "written", e);
        }
    }

    private PendingFile createWithFolder(String name) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                Path real = confines.resolve(folder, loss);
                return begin(real.resolve(name), confines.create(real, durable));
            } catch (NoSuchFileException e) {
                // Another process has removed the empty folder.
                if (tries == MAX_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Begins a file in the folder {@code beside}, which is closed with the file, or at once if that fails. */
    private PendingFile begin(Path target, OpenFolder beside) throws IOException {
        try {
            if (cleaned.compareAndSet(false, true)) {
                TemporaryFile.removeAbandoned(beside);
            }
            return new FolderFile(target, beside, TemporaryFile.in(beside), durable, loss);
        } catch (IOException e) {
            beside.close();
            throw e;
        }
    }

    @Override
    public ByteSource open(String name) {
        try {
            return LocalFile.current(real(name), confines);
        } catch (NoSuchFileException e) {
            throw loss == ExitCode.STORE_LOST
                    ? new LostPartialException(name, "the file " + location(name) + " is missing", e)
                    : lost(name, "read", e);
        } catch (IOException e) {
            throw lost(name, "read", e);
        }
    }

    @Override
    public Optional<byte[]> find(String name) {
        try {
            Path file = real(name);
            try (OpenFolder beside = confines.open(file.resolveSibling(".").normalize())) {
                return Optional.of(beside.read(String.valueOf(file.getFileName())));
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw lost(name, "read", e);
        }
    }

    @Override
    public List<Entry> list() {
        List<Entry> entries = new ArrayList<>();
        try (OpenFolder open = confines.open(real(""));
                DirectoryStream<Path> files = open.entries()) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!name.startsWith(".")) {
                    add(open, name, entries);
                }
            }
            return entries;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw unreadable(OpenFolder.cause(e));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static void add(OpenFolder folder, String name, List<Entry> entries) throws IOException {
        try {
            BasicFileAttributes attributes = folder.attributes(name);
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
        try (OpenFolder open = confines.open(real(""))) {
            open.delete(name);
        } catch (NoSuchFileException e) {
            // There is no folder.
            return;
        } catch (IOException e) {
            throw lost(name, "removed", e);
        }
    }

    @Override
    public void clear() {
        try {
            Path real = real("");
            try (OpenFolder open = confines.open(real);
                    DirectoryStream<Path> files = open.entries()) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    if (!open.isFolder(name)) {
                        open.delete(name);
                    }
                }
            }
            confines.delete(real);
        } catch (NoSuchFileException | DirectoryNotEmptyException e) {
            // The folder is already deleted, or it holds files that do not belong to the job.
            return;
        } catch (DirectoryIteratorException e) {
            throw unremovable(OpenFolder.cause(e));
        } catch (IOException e) {
            throw unremovable(e);
        }
    }

    private JobFailedException unremovable(IOException e) {
        return new JobFailedException(loss, "the folder " + folder + " cannot be removed: " + IoReason.of(e), e);
    }

    private JobFailedException lost(String name, String what, IOException e) {
        return FolderFile.failure(folder.resolve(name), loss, what, e);
    }
}
