package io.filejob.storage.s3;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.GlobComponent;
import io.filejob.file.ListingProgress;
import io.filejob.file.NameOrder;
import io.filejob.plan.InputFile;
import io.filejob.storage.local.InputListing;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Finds the objects that match an entry of {@code spec.input.files}, as {@link InputListing} finds files: a single
 * object, those directly below a prefix that ends in a slash, or those with keys that match a pattern.
 */
public final class S3Listing {
    /** A page counts as at least this many names, so that a listing of almost empty pages reaches its limit in time. */
    private static final int MIN_PAGE = 100;

    private final S3Storage storage;
    private final ListingProgress progress;

    /** Creates a listing that reports its progress, and ends at the limits of {@code progress}. */
    public S3Listing(S3Storage storage, ListingProgress progress) {
        this.storage = storage;
        this.progress = progress;
    }

    /** Returns the objects in their current state, in byte order of their keys. */
    public List<InputFile> expand(String entry) {
        S3Location encoded = S3Location.encoded(entry);
        S3Location literal = S3Location.of(entry);
        List<GlobComponent> components = new ArrayList<>();
        for (String name : encoded.key().split("/", -1)) {
            components.add(GlobComponent.parse(name, true, entry));
        }
        if (components.stream().anyMatch(GlobComponent::isPattern)) {
            return matching(entry, literal, components);
        }
        if (literal.key().isEmpty() || literal.key().endsWith("/")) {
            List<InputFile> files = files(literal, true, key -> !name(key).startsWith("."));
            return notEmpty(files, entry, "there is no visible object right below it");
        }
        return List.of(storage.pin(literal, ExitCode.NO_INPUT)
                .orElseThrow(() -> new JobFailedException(
                        ExitCode.NO_INPUT,
                        "input " + entry + " is not there: no such object or bucket (a prefix ends in /)")));
    }

    private List<InputFile> matching(String entry, S3Location literal, List<GlobComponent> components) {
        StringBuilder prefix = new StringBuilder();
        int first = 0;
        while (!components.get(first).isPattern()) {
            prefix.append(components.get(first++).literal()).append('/');
        }
        int depth = first;
        boolean flat = depth == components.size() - 1 && !components.getLast().isAnyDepth();
        String below = prefix.toString();
        List<InputFile> files = files(
                literal.at(below),
                flat,
                key -> key.equals(literal.key())
                        || matches(
                                components.subList(depth, components.size()),
                                List.of(key.substring(below.length()).split("/", -1))));
        String itself = literal.uri();
        return files.stream()
                .filter(file -> file.name().equals(itself))
                .findFirst()
                .map(List::of)
                .orElseGet(() -> notEmpty(files, entry, "no object matches it"));
    }

    /**
     * Matches names against a pattern in time proportional to the product of both lengths, regardless of the number of
     * {@code **}.
     */
    private static boolean matches(List<GlobComponent> pattern, List<String> names) {
        boolean[] ends = new boolean[names.size() + 1];
        ends[0] = true;
        for (int i = 0; i < pattern.size(); i++) {
            GlobComponent component = pattern.get(i);
            boolean last = i + 1 == pattern.size();
            boolean[] next = new boolean[names.size() + 1];
            for (int n = 0; n <= names.size(); n++) {
                boolean fits = n > 0 && matches(component, names.get(n - 1));
                next[n] = !component.isAnyDepth()
                        ? fits && ends[n - 1]
                        // A final ** matches the objects below at any depth and consumes at least one name.
                        : (ends[n] && !last) || (fits && (next[n - 1] || (last && ends[n - 1])));
            }
            ends = next;
        }
        return ends[names.size()];
    }

    private static boolean matches(GlobComponent pattern, String name) {
        try {
            return !name.isEmpty() && pattern.matches(Path.of(name));
        } catch (InvalidPathException e) {
            // The key contains a name that no file could have.
            return false;
        }
    }

    private List<InputFile> files(S3Location prefix, boolean flat, Predicate<String> wanted) {
        List<S3Object> found = new ArrayList<>();
        progress.enter(prefix.uri());
        storage.pages(prefix, ExitCode.NO_INPUT).forEach(flat, page -> {
            progress.names(Math.max(MIN_PAGE, page.size()));
            for (S3Object object : page) {
                // A key that ends in a slash is a placeholder that some programs create for a folder.
                if (!object.key().endsWith("/") && wanted.test(object.key())) {
                    progress.found(object.key());
                    found.add(object);
                }
            }
        });
        return found.stream()
                .sorted((a, b) -> NameOrder.compare(a.key(), b.key()))
                .map(object -> file(prefix, object))
                .toList();
    }

    private static InputFile file(S3Location prefix, S3Object object) {
        return new InputFile(prefix.at(object.key()).uri(), object.size(), object.eTag());
    }

    private static String name(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    private static List<InputFile> notEmpty(List<InputFile> files, String entry, String why) {
        if (files.isEmpty()) {
            throw new JobFailedException(ExitCode.NO_INPUT, "input " + entry + " gives nothing to read: " + why);
        }
        return files;
    }
}
