package io.filejob.file;

import io.filejob.csv.ByteSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A folder that passes everything on to another one; subclasses change some of it. Safe to use from any thread. */
public abstract class ForwardingFolder implements Folder {
    private final Folder folder;

    /** Creates a folder that passes everything on to {@code folder}. */
    protected ForwardingFolder(Folder folder) {
        this.folder = folder;
    }

    @Override
    public String location(String name) {
        return folder.location(name);
    }

    @Override
    public FileIdentity identity(String name) {
        return folder.identity(name);
    }

    @Override
    public Optional<String> findName(String prefix, Predicate<String> wanted) {
        return folder.findName(prefix, wanted);
    }

    @Override
    public PendingFile create(String name, String writer) {
        return folder.create(name, writer);
    }

    @Override
    public ByteSource open(String name) {
        return folder.open(name);
    }

    @Override
    public Optional<byte[]> find(String name) {
        return folder.find(name);
    }

    @Override
    public List<Entry> list() {
        return folder.list();
    }

    @Override
    public void delete(String name) {
        folder.delete(name);
    }

    @Override
    public void clear() {
        folder.clear();
    }
}
