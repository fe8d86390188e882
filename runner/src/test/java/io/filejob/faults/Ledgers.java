package io.filejob.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The ledgers of a store, read without FileJob's own code. */
record Ledgers(Path store) {
    Path folder() {
        return store.resolve("ledgers");
    }

    /** Returns the slices in each ledger in the order of their completion; empty if there is no store yet. */
    Map<Path, List<Integer>> all() {
        Map<Path, List<Integer>> all = new TreeMap<>();
        if (Files.isDirectory(folder())) {
            Workbench.names(folder()).stream()
                    .filter(name -> !name.startsWith("."))
                    .map(folder()::resolve)
                    .forEach(file -> all.put(file, slices(file)));
        }
        return all;
    }

    /** Returns the slices in the ledgers of one worker's attempts. */
    List<Integer> of(int worker) {
        List<Integer> slices = new ArrayList<>();
        all().forEach((file, some) -> {
            if (file.getFileName().toString().startsWith("worker-" + worker + "-")) {
                slices.addAll(some);
            }
        });
        return slices;
    }

    /** Returns all slices in ledgers, each once. */
    Set<Integer> done() {
        Set<Integer> done = new TreeSet<>();
        all().values().forEach(done::addAll);
        return done;
    }

    /** Returns the slices that are in ledgers more than once. */
    NavigableSet<Integer> repeated() {
        Set<Integer> seen = new TreeSet<>();
        NavigableSet<Integer> repeated = new TreeSet<>();
        all().values()
                .forEach(slices ->
                        slices.stream().filter(slice -> !seen.add(slice)).forEach(repeated::add));
        return repeated;
    }

    /** Returns the number of slices in ledgers; a slice in several ledgers counts several times. */
    int performed() {
        return all().values().stream().mapToInt(List::size).sum();
    }

    /** Returns the bytes of all ledgers, for comparison. */
    Map<Path, String> contents() {
        Map<Path, String> contents = new TreeMap<>();
        all().keySet().forEach(file -> contents.put(file, Arrays.toString(bytes(file))));
        return contents;
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Integer> slices(Path file) {
        byte[] bytes = bytes(file);
        int body = 0;
        while (bytes[body++] != '\n') {
            // The first line is not JSON.
        }
        List<Integer> slices = new ArrayList<>();
        try {
            JsonNode ledger = JsonMapper.builder().build().readTree(bytes, body, bytes.length - body);
            ledger.path("results").forEach(result -> slices.add(result.path(0).asInt()));
            return slices;
        } catch (IOException e) {
            throw new AssertionError("not a ledger: " + file, e);
        }
    }
}
