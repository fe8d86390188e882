package io.filejob.file;

import io.filejob.csv.ByteSource;
import io.filejob.csv.MemorySource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

/** A folder in memory. */
public final class MemoryFolder implements Folder {
    private final Map<String, byte[]> files = new ConcurrentSkipListMap<>();

    @Override
    public String location(String name) {
        return "memory:" + name;
    }

    @Override
    public FileIdentity identity(String name) {
        return new FileIdentity(location(name), null);
    }

    @Override
    public Optional<String> findName(String prefix, Predicate<String> wanted) {
        return files.keySet().stream()
                .filter(name -> name.startsWith(prefix) && wanted.test(name))
                .findFirst();
    }

    @Override
    public PendingFile create(String name, String writer) {
        return new Pending(name);
    }

    /** Replaces the content of the file {@code name}. */
    public void put(String name, byte[] content) {
        files.put(name, content);
    }

    @Override
    public ByteSource open(String name) {
        return find(name)
                .map(content -> MemorySource.of(location(name), content))
                .orElseThrow(() -> new JobFailedException(ExitCode.STORE_LOST, location(name) + ": no such file"));
    }

    @Override
    public Optional<byte[]> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    @Override
    public List<Entry> list() {
        return files.entrySet().stream()
                .map(file -> new Entry(file.getKey(), file.getValue().length, "1"))
                .toList();
    }

    @Override
    public void delete(String name) {
        files.remove(name);
    }

    @Override
    public void clear() {
        files.clear();
    }

    /** Bytes that become a file on {@link #commit}. */
    private final class Pending implements PendingFile {
        private final String name;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        Pending(String name) {
            this.name = name;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            content.write(bytes, offset, length);
        }

        @Override
        public void commit() {
            files.put(name, content.toByteArray());
        }

        @Override
        public void close() {
            content.reset();
        }
    }
}
