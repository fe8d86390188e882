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
import java.util.Set;
import java.util.UUID;

/**
 * The lists of names that jobs write before they store images, one for each slice and attempt, in a hidden folder of the
 * images. A list has a line for each image: {@code +} and the name if the image did not exist, {@code =} and the name if it
 * did. For one thread.
 */
final class ImageLists {
    private static final char NEW = '+';
    private static final char EXISTING = '=';
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

    /** Returns the images that did not exist when one of {@code names} was written. */
    Set<String> added(List<String> names) {
        Set<String> added = new LinkedHashSet<>();
        for (List<String> lines : ParallelRequests.send(names, this::lines)) {
            lines.stream().filter(line -> line.charAt(0) == NEW).forEach(line -> added.add(line.substring(1)));
        }
        return added;
    }

    /** Returns the valid lines of a list; none if it has been deleted. */
    private List<String> lines(String list) {
        return lists.find(list)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isEmpty()
                                && (line.charAt(0) == NEW || line.charAt(0) == EXISTING)
                                && ImageName.isValid(line.substring(1)))
                        .toList())
                .orElse(List.of());
    }

    void delete(List<String> names) {
        ParallelRequests.send(names, name -> {
            lists.delete(name);
            return name;
        });
    }

    /** Removes the names from {@code names} that are in a current list of another job. */
    void retainUnused(Set<String> names) {
        List<String> current = lists.list("").stream()
                .map(Folder.Entry::name)
                .filter(name -> !name.startsWith(ofJob))
                .toList();
        others.keySet().retainAll(Set.copyOf(current));
        List<String> unknown =
                current.stream().filter(name -> !others.containsKey(name)).toList();
        List<List<String>> read = ParallelRequests.send(unknown, this::lines);
        for (int i = 0; i < unknown.size(); i++) {
            others.put(
                    unknown.get(i),
                    read.get(i).stream()
                            .mapToLong(line -> hash(line.substring(1)))
                            .sorted()
                            .toArray());
        }
        names.removeIf(name -> others.values().stream().anyMatch(used -> Arrays.binarySearch(used, hash(name)) >= 0));
    }

    private static long hash(String name) {
        return name.chars().asLongStream().reduce(0, (hash, c) -> hash * HASH_FACTOR + c);
    }

    /** Deletes the folder of the lists if no job has one. */
    void tidy() {
        lists.removeUnfinished();
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
