package io.filejob.storage;

import io.filejob.job.InputFile;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * Finds the files of this machine that an entry of {@code spec.input.files} names, those of a folder or pattern in byte
 * order of their paths. Failures are {@link JobFailure}s with {@link ExitCode#NO_INPUT}.
 */
final class InputListing {
    private InputListing() {}

    /** The files as they stand now, by the names that the spec has for them; relative paths are below {@code base}. */
    static List<InputFile> expand(String entry, Path base, Mounts mounts) {
        try {
            List<InputFile> files = new ArrayList<>();
            for (Path name : names(entry, base, mounts)) {
                files.add(pin(name, mounts));
            }
            return files;
        } catch (IOException e) {
            throw new JobFailure(ExitCode.NO_INPUT, "input " + entry + " cannot be read: " + IoReason.of(e), e);
        }
    }

    private static InputFile pin(Path name, Mounts mounts) throws IOException {
        Path path = mounts.local(name);
        if (!Files.isReadable(path)) {
            throw new JobFailure(ExitCode.NO_INPUT, "input " + path + " cannot be read: permission denied");
        }
        return LocalFile.pin(path).named(name.toString());
    }

    private static List<Path> names(String entry, Path base, Mounts mounts) throws IOException {
        FilePlace place = FilePlace.of(entry);
        Path name = place.resolve(base);
        Path literal = mounts.local(name);
        if (Files.isRegularFile(literal)) {
            return List.of(name);
        }
        if (Files.isDirectory(literal)) {
            List<Path> files = visibleFiles(literal).stream()
                    .map(file -> mounts.shown(file, name))
                    .toList();
            return notEmpty(files, entry, "the folder holds no visible file");
        }
        List<GlobComponent> components = new ArrayList<>();
        for (String part : place.text().split("/", -1)) {
            if (!part.isEmpty() && !part.equals(".")) {
                components.add(component(part, place.isUri(), entry));
            }
        }
        if (components.stream().noneMatch(GlobComponent::isPattern)) {
            throw new JobFailure(
                    ExitCode.NO_INPUT,
                    "input " + entry
                            + (Files.exists(literal)
                                    ? " is neither a file nor a folder"
                                    : " is not there: no file or folder " + literal));
        }
        Path root = place.text().startsWith("/") ? base.getRoot() : base;
        Path start = root.toAbsolutePath();
        int first = 0;
        while (!components.get(first).isPattern()) {
            start = start.resolve(components.get(first++).literal());
        }
        Path below = start.normalize();
        List<Path> matches = new ArrayList<>();
        if (Files.isDirectory(mounts.local(below))) {
            walk(mounts.local(below), components.subList(first, components.size()), matches);
        }
        List<Path> names = matches.stream()
                .distinct()
                .map(match -> mounts.shown(match, below))
                .toList();
        return notEmpty(names, entry, "no file matches it");
    }

    /** {@code name}, a part of {@code entry}; a failure if it is a pattern that is none. */
    static GlobComponent component(String name, boolean isUri, String entry) {
        try {
            return new GlobComponent(name, isUri);
        } catch (PatternSyntaxException e) {
            throw new JobFailure(
                    ExitCode.NO_INPUT,
                    "input " + entry + " is not a pattern: " + e.getDescription() + " in " + name,
                    e);
        }
    }

    private static void walk(Path folder, List<GlobComponent> rest, List<Path> matches) throws IOException {
        GlobComponent first = rest.getFirst();
        List<GlobComponent> next = rest.subList(1, rest.size());
        if (first.isAnyDepth()) {
            // A final ** stands for the files below at any depth.
            walk(folder, next.isEmpty() ? List.of(new GlobComponent("*", false)) : next, matches);
            for (Path child : children(folder)) {
                if (first.matches(child.getFileName()) && Files.isDirectory(child)) {
                    walk(child, rest, matches);
                }
            }
        } else if (first.isPattern()) {
            for (Path child : children(folder)) {
                if (first.matches(child.getFileName())) {
                    descend(child, next, matches);
                }
            }
        } else {
            descend(folder.resolve(first.literal()).normalize(), next, matches);
        }
    }

    private static void descend(Path path, List<GlobComponent> rest, List<Path> matches) throws IOException {
        if (rest.isEmpty()) {
            if (Files.isRegularFile(path)) {
                matches.add(path);
            }
        } else if (Files.isDirectory(path)) {
            walk(path, rest, matches);
        }
    }

    private static List<Path> visibleFiles(Path folder) throws IOException {
        return children(folder).stream()
                .filter(child -> !child.getFileName().toString().startsWith("."))
                .filter(Files::isRegularFile)
                .toList();
    }

    private static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(children::add);
        }
        return children;
    }

    private static List<Path> notEmpty(List<Path> paths, String entry, String why) {
        if (paths.isEmpty()) {
            throw new JobFailure(ExitCode.NO_INPUT, "input " + entry + " gives nothing to read: " + why);
        }
        return paths.stream()
                .sorted((a, b) -> byteOrder(a.toString(), b.toString()))
                .toList();
    }

    /** Compares texts by their bytes in UTF-8. */
    static int byteOrder(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
