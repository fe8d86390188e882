package io.filejob.storage.local;

import io.filejob.failure.ExitCode;
import io.filejob.file.GlobComponent;
import io.filejob.file.ListingProgress;
import io.filejob.file.NameOrder;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files below a folder that match a pattern. Links to folders are followed after all real folders, in byte
 * order of their paths. No folder is read twice for the same rest of the pattern: loops end, and a file below a folder
 * with two names is reported by the name without links. For one thread, once.
 */
final class GlobWalk {
    private final Confines confines;
    private final ListingProgress progress;
    private final List<GlobComponent> pattern;
    private final List<Match> matches = new ArrayList<>();
    private final Deque<PendingFolder> folders = new ArrayDeque<>();
    private final List<PendingFolder> links = new ArrayList<>();
    private final Set<Visit> visited = new HashSet<>();

    /** A file that matches; {@code linked} if the path from the start folder to it contains a link. */
    record Match(Path path, boolean linked) {}

    /** A folder to search for the rest of the pattern, which begins with component {@code from}. */
    private record PendingFolder(Path folder, int from, boolean linked) {}

    private record Visit(Object folder, int from) {}

    GlobWalk(List<GlobComponent> pattern, Confines confines, ListingProgress progress) {
        this.pattern = List.copyOf(pattern);
        this.confines = confines;
        this.progress = progress;
    }

    /** Returns the regular files below {@code root}, in no particular order; several of them may be the same file. */
    List<Match> files(Path root) throws IOException {
        folders.add(new PendingFolder(root, 0, false));
        readAll();
        while (!links.isEmpty()) {
            List<PendingFolder> round = new ArrayList<>(links);
            links.clear();
            round.sort(Comparator.comparing(step -> step.folder().toString(), NameOrder::compare));
            for (PendingFolder link : round) {
                folders.add(link);
                readAll();
            }
        }
        return matches;
    }

    private void readAll() throws IOException {
        for (PendingFolder step = folders.pollLast(); step != null; step = folders.pollLast()) {
            read(step);
        }
    }

    private void read(PendingFolder step) throws IOException {
        GlobComponent component = pattern.get(step.from());
        if (!component.isPattern()) {
            Path child = step.folder().resolve(component.literal()).normalize();
            reach(child, step.from() + 1, step.linked(), attributes(child));
            return;
        }
        if (!visited.add(new Visit(key(step.folder()), step.from()))) {
            return;
        }
        progress.enter(step.folder().toString());
        if (component.isAnyDepth() && step.from() + 1 < pattern.size()) {
            folders.add(new PendingFolder(step.folder(), step.from() + 1, step.linked()));
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(step.folder())) {
            for (Path child : children) {
                progress.name();
                if (component.matches(child.getFileName())) {
                    match(child, step, component.isAnyDepth());
                }
            }
        } catch (DirectoryIteratorException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void match(Path child, PendingFolder step, boolean anyDepth) throws IOException {
        BasicFileAttributes attributes = attributes(child);
        if (!anyDepth) {
            reach(child, step.from() + 1, step.linked(), attributes);
        } else if (isFolder(attributes, child)) {
            reach(child, step.from(), step.linked(), attributes);
        } else if (step.from() + 1 == pattern.size()) {
            // A final ** matches the files below at any depth.
            reach(child, step.from() + 1, step.linked(), attributes);
        }
    }

    private void reach(Path path, int from, boolean linked, @Nullable BasicFileAttributes attributes)
            throws IOException {
        if (attributes == null) {
            return;
        }
        boolean link = attributes.isSymbolicLink();
        if (from == pattern.size()) {
            if (attributes.isRegularFile() || (link && Files.isRegularFile(path))) {
                if (link) {
                    confines.resolve(path, ExitCode.NO_INPUT);
                }
                progress.found(path.toString());
                matches.add(new Match(path, linked || link));
            }
        } else if (attributes.isDirectory()) {
            progress.hold(path.toString());
            folders.add(new PendingFolder(path, from, linked));
        } else if (link && Files.isDirectory(path)) {
            confines.resolve(path, ExitCode.NO_INPUT);
            progress.hold(path.toString());
            links.add(new PendingFolder(path, from, true));
        }
    }

    private static boolean isFolder(@Nullable BasicFileAttributes attributes, Path path) {
        return attributes != null
                && (attributes.isDirectory() || (attributes.isSymbolicLink() && Files.isDirectory(path)));
    }

    /** Returns the attributes of {@code path} itself without following a link, or null if it no longer exists. */
    private static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static Object key(Path folder) throws IOException {
        Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
        return key == null ? folder.toRealPath() : key;
    }
}
