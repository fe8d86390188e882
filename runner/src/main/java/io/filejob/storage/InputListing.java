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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;

/**
 * Finds the files that {@code spec.input.files} names: in the list's order, those of a folder or pattern in byte order of
 * their paths, each file once. Failures are {@link JobFailure}s with {@link ExitCode#NO_INPUT}.
 */
public final class InputListing {
    private InputListing() {}

    /** The files as they stand now; relative paths are below {@code base}. */
    public static List<InputFile> list(List<String> entries, Path base) {
        Map<Path, InputFile> found = new LinkedHashMap<>();
        for (String entry : entries) {
            try {
                for (Path path : expand(entry, base)) {
                    if (!found.containsKey(path)) {
                        found.put(path, pin(path));
                    }
                }
            } catch (IOException e) {
                throw new JobFailure(ExitCode.NO_INPUT, "input " + entry + " cannot be read: " + IoReason.of(e), e);
            }
        }
        return List.copyOf(found.values());
    }

    private static InputFile pin(Path path) throws IOException {
        if (!Files.isReadable(path)) {
            throw new JobFailure(ExitCode.NO_INPUT, "input " + path + " cannot be read: permission denied");
        }
        return LocalFile.pin(path);
    }

    private static List<Path> expand(String entry, Path base) throws IOException {
        FilePlace place = FilePlace.of(entry);
        Path literal = place.resolve(base);
        if (Files.isRegularFile(literal)) {
            return List.of(literal);
        }
        if (Files.isDirectory(literal)) {
            return notEmpty(visibleFiles(literal), entry, "the folder holds no visible file");
        }
        List<GlobComponent> components = new ArrayList<>();
        for (String name : place.text().split("/", -1)) {
            if (!name.isEmpty() && !name.equals(".")) {
                components.add(component(name, place.isUri(), entry));
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
        List<Path> matches = new ArrayList<>();
        Path root = place.text().startsWith("/") ? base.getRoot() : base;
        walk(root.toAbsolutePath().normalize(), components, matches);
        return notEmpty(matches.stream().distinct().toList(), entry, "no file matches it");
    }

    private static GlobComponent component(String name, boolean isUri, String entry) {
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
                .sorted((a, b) -> Arrays.compareUnsigned(
                        a.toString().getBytes(StandardCharsets.UTF_8),
                        b.toString().getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
