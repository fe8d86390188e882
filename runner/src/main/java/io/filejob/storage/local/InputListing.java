package io.filejob.storage.local;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.GlobComponent;
import io.filejob.file.IoReason;
import io.filejob.file.ListingProgress;
import io.filejob.file.NameOrder;
import io.filejob.plan.InputFile;
import io.filejob.value.FileLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the files of this machine that match an entry of {@code spec.input.files}; those of a folder or pattern are in
 * byte order of their paths. Failures are {@link JobFailedException}s with {@link ExitCode#NO_INPUT}.
 */
public final class InputListing {
    private final Path base;
    private final Mounts mounts;
    private final ListingProgress progress;

    /** Creates a listing; relative paths are resolved against {@code base}. */
    public InputListing(Path base, Mounts mounts, ListingProgress progress) {
        this.base = base;
        this.mounts = mounts;
        this.progress = progress;
    }

    /** A file in its current state; names of the same file have the same {@code identity}. */
    public record ListedFile(InputFile file, Object identity) {}

    /**
     * Returns the files of an entry by their names in the spec. A file with several names is reported by a name without
     * links, if it has one.
     */
    public List<ListedFile> expand(String entry) {
        try {
            Map<Object, ListedFile> found = new LinkedHashMap<>();
            for (GlobWalk.Match match : names(entry)) {
                ListedFile file = pin(match.path());
                found.putIfAbsent(file.identity(), file);
            }
            return found.values().stream()
                    .sorted((a, b) ->
                            NameOrder.compare(a.file().name(), b.file().name()))
                    .toList();
        } catch (IOException e) {
            throw new JobFailedException(ExitCode.NO_INPUT, "input " + entry + " cannot be read: " + IoReason.of(e), e);
        }
    }

    private ListedFile pin(Path name) throws IOException {
        checkNamed(name);
        Path path = mounts.local(name);
        if (!Files.isReadable(path)) {
            throw new JobFailedException(ExitCode.NO_INPUT, "input " + path + " cannot be read: permission denied");
        }
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        InputFile file = LocalFile.pin(path, attributes).named(name.toString());
        Object key = attributes.fileKey();
        // Some file systems reuse file keys, so files that differ in size or time are treated as different files.
        return new ListedFile(file, key == null ? path.toRealPath() : List.of(key, file.size(), file.version()));
    }

    /**
     * Throws {@link JobFailedException} if the text of {@code name}, which plans and messages use, does not lead back to the
     * same path.
     */
    private static void checkNamed(Path name) {
        try {
            if (Path.of(name.toString()).equals(name)) {
                return;
            }
        } catch (InvalidPathException e) {
            throw new JobFailedException(ExitCode.NO_INPUT, "input " + name + ": " + FileLocation.reason(e), e);
        }
        throw new JobFailedException(ExitCode.NO_INPUT, "input " + name + ": its name is not UTF-8; rename it");
    }

    /**
     * Returns the matches of {@code entry}: first those without links, then those with links, each group in byte order.
     */
    private List<GlobWalk.Match> names(String entry) throws IOException {
        FileLocation location = FileLocation.of(entry);
        Path name = location.resolve(base);
        Path literal = mounts.local(name);
        Confines confines = mounts.confines(name);
        if (Files.isRegularFile(literal)) {
            confines.resolve(literal, ExitCode.NO_INPUT);
            progress.found(name.toString());
            return List.of(new GlobWalk.Match(name, false));
        }
        if (Files.isDirectory(literal)) {
            List<GlobComponent> all = List.of(new GlobComponent("*", false));
            return notEmpty(walk(name, all), entry, "the folder holds no visible file");
        }
        List<GlobComponent> components = new ArrayList<>();
        for (String part : location.text().split("/", -1)) {
            if (!part.isEmpty() && !part.equals(".")) {
                components.add(GlobComponent.parse(part, location.isUri(), entry));
            }
        }
        if (components.stream().noneMatch(GlobComponent::isPattern)) {
            throw new JobFailedException(
                    ExitCode.NO_INPUT,
                    "input " + entry
                            + (Files.exists(literal)
                                    ? " is neither a file nor a folder"
                                    : " is not there: no file or folder " + literal));
        }
        Path root = location.text().startsWith("/") ? base.getRoot() : base;
        Path start = root.toAbsolutePath();
        int first = 0;
        while (!components.get(first).isPattern()) {
            start = start.resolve(components.get(first++).literal());
        }
        Path below = start.normalize();
        return notEmpty(
                Files.isDirectory(mounts.local(below))
                        ? walk(below, components.subList(first, components.size()))
                        : List.of(),
                entry,
                "no file matches it");
    }

    private List<GlobWalk.Match> walk(Path name, List<GlobComponent> pattern) throws IOException {
        Path folder = mounts.local(name);
        Confines confines = mounts.confines(name);
        confines.resolve(folder, ExitCode.NO_INPUT);
        return new GlobWalk(pattern, confines, progress)
                .files(folder).stream()
                        .map(match -> new GlobWalk.Match(mounts.shown(match.path(), name), match.linked()))
                        .toList();
    }

    private static List<GlobWalk.Match> notEmpty(List<GlobWalk.Match> matches, String entry, String why) {
        if (matches.isEmpty()) {
            throw new JobFailedException(ExitCode.NO_INPUT, "input " + entry + " gives nothing to read: " + why);
        }
        return matches.stream()
                .sorted(Comparator.comparing(GlobWalk.Match::linked)
                        .thenComparing(match -> match.path().toString(), NameOrder::compare))
                .toList();
    }
}
