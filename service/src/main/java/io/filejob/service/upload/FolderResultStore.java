package io.filejob.service.upload;

import io.filejob.storage.temporary.FolderTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Results in a folder, which jobs mount, too. Notes are in a folder of their own, so that workers create the folders of
 * results with their own rights. Links are deleted, not followed.
 *
 * @param root the folder of all results
 * @param notes the folder of all notes
 */
record FolderResultStore(String root, Path folder, Path notes) implements ResultStore {
    @Override
    public void renew(String id) {
        try {
            Files.createDirectories(notes);
            Files.write(notes.resolve(id), new byte[0]);
        } catch (IOException e) {
            throw StorageProblems.of(e);
        }
    }

    @Override
    public Map<String, Instant> renewed() {
        if (!Files.isDirectory(notes)) {
            return Map.of();
        }
        Map<String, Instant> times = new HashMap<>();
        try (Stream<Path> all = Files.list(notes)) {
            for (Path note : all.toList()) {
                String id = note.getFileName().toString();
                if (OpenUploads.isId(id)) {
                    times.put(id, Files.getLastModifiedTime(note).toInstant());
                }
            }
            return times;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void delete(String id) {
        try {
            for (Path path : List.of(folder.resolve(id), notes.resolve(id))) {
                FolderTree.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
