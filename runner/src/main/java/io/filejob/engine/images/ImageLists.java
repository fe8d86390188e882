package io.filejob.engine.images;

import io.filejob.file.Folder;
import io.filejob.file.ResultFolder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The lists of names that jobs write before they store images, one for each slice and attempt, in a hidden folder of the
 * images. A list has a line for each image: {@code +} and the name if the image did not exist, {@code =} and the name if it
 * did. A job that ends leaves a list of those of its images that the lists of other jobs name, which could delete them
 * otherwise; it is deleted when no other lists are left. For one thread.
 */
final class ImageLists {
    private static final char NEW = '+';
    private static final char EXISTING = '=';
    /** The names of the lists of images of finished jobs begin with it. */
    private static final String OF_FINISHED = "finished.";

    private static final long HASH_FACTOR = 0x9E3779B97F4A7C15L;

    private final ResultFolder lists;
    private final String ofJob;
    private final String ofGarbage;
    private final String attempt;
    /** Hashes of the names in the lists of other jobs, sorted, by the names of the lists. */
    private final Map<String, long[]> others = new HashMap<>();

    ImageLists(ResultFolder lists, String job, String attempt) {
        this.lists = lists;
        this.ofJob = job + ".";
        this.ofGarbage = ofJob + "garbage.";
        this.attempt = attempt;
    }

    /** Writes a list for {@code slice} and returns its name. */
    String write(int slice, Set<String> added, Set<String> existing) {
        return write(ofJob + slice + ".", added, existing);
    }

    /**
     * Writes a list of images to be deleted. From then on, no image is deleted that only lists of slices name, whatever
     * happens to this worker. Returns the list's name.
     */
    String writeGarbage(Set<String> names) {
        return write(ofGarbage, names, Set.of());
    }

    /** Writes a list of images of this job that no other one may delete when the lists of this job are gone. */
    void writeFinished(Set<String> names) {
        write(OF_FINISHED, Set.of(), names);
    }

    private String write(String start, Set<String> added, Set<String> existing) {
        String name = start + attempt + "." + UUID.randomUUID().toString().substring(0, 8);
        lists.put(name, text(added, existing));
        return name;
    }

    private static byte[] text(Set<String> added, Set<String> existing) {
        StringBuilder text = new StringBuilder();
        added.forEach(name -> text.append(NEW).append(name).append('\n'));
        existing.forEach(name -> text.append(EXISTING).append(name).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    boolean exists(String list) {
        return lists.size(list).isPresent();
    }

    /** Returns the names of all lists of this job. */
    List<String> ofJob() {
        return lists.list(ofJob).stream().map(Folder.Entry::name).toList();
    }

    /** Returns whether a list of this job is one of images to be deleted. */
    boolean isGarbage(String list) {
        return list.startsWith(ofGarbage);
    }

    /** Returns the images that did not exist when one of {@code names} was written; adds the others to {@code existing}. */
    Set<String> added(List<String> names, Set<String> existing) {
        Set<String> added = new LinkedHashSet<>();
        for (Optional<List<String>> list : ParallelRequests.send(names, this::lines)) {
            list.orElse(List.of()).forEach(line -> (line.charAt(0) == NEW ? added : existing).add(line.substring(1)));
        }
        return added;
    }

    /** Returns the valid lines of a list, unless it has been deleted. */
    private Optional<List<String>> lines(String list) {
        return lists.find(list).map(bytes -> new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isEmpty()
                        && (line.charAt(0) == NEW || line.charAt(0) == EXISTING)
                        && ImageName.isValid(line.substring(1)))
                .toList());
    }

    void delete(List<String> names) {
        ParallelRequests.send(names, name -> {
            lists.delete(name);
            return name;
        });
    }

    /** Removes the names from {@code names} that are in a current list of another job. */
    void retainUnused(Set<String> names) {
        readOthers();
        names.removeIf(this::isNamedByOthers);
    }

    /** Removes the names from {@code names} that are in no current list of another job. */
    void retainUsed(Set<String> names) {
        readOthers();
        names.removeIf(name -> !isNamedByOthers(name));
    }

    private boolean isNamedByOthers(String name) {
        return others.values().stream().anyMatch(used -> Arrays.binarySearch(used, hash(name)) >= 0);
    }

    private void readOthers() {
        List<String> unknown;
        do {
            List<String> current = lists.list("").stream()
                    .map(Folder.Entry::name)
                    .filter(name -> !name.startsWith(ofJob))
                    .toList();
            others.keySet().retainAll(Set.copyOf(current));
            unknown = current.stream().filter(name -> !others.containsKey(name)).toList();
            // A job that ends at this moment deletes its lists; the one that it leaves is in the next listing.
        } while (!read(unknown));
    }

    /** Reads lists of other jobs; returns whether all of them exist. */
    private boolean read(List<String> names) {
        List<Optional<List<String>>> read = ParallelRequests.send(names, this::lines);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            read.get(i)
                    .ifPresent(lines -> others.put(
                            name,
                            lines.stream()
                                    .mapToLong(line -> hash(line.substring(1)))
                                    .sorted()
                                    .toArray()));
        }
        return read.stream().allMatch(Optional::isPresent);
    }

    private static long hash(String name) {
        return name.chars().asLongStream().reduce(0, (hash, c) -> hash * HASH_FACTOR + c);
    }

    /** Deletes the lists of finished jobs if there are no others, and then the folder of the lists. */
    void tidy() {
        lists.removeUnfinished();
        List<String> left = lists.list("").stream().map(Folder.Entry::name).toList();
        if (left.stream().allMatch(name -> name.startsWith(OF_FINISHED))) {
            delete(left);
        }
        lists.removeIfEmpty();
    }

    /** Splits {@code names} into groups of at most {@code size}. */
    static List<List<String>> groups(List<String> names, int size) {
        List<List<String>> groups = new ArrayList<>();
        for (int from = 0; from < names.size(); from += size) {
            groups.add(names.subList(from, Math.min(names.size(), from + size)));
        }
        return groups;
    }
}
