package io.filejob.aggregate;

import io.filejob.model.FileJob;
import io.filejob.model.InvalidManifestException;
import io.filejob.model.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A job and its input.
 *
 * @param csv members of {@code csv}, in YAML's flow style
 * @param aggregate members of {@code aggregate}
 * @param rest further members of {@code spec}
 * @param files contents of f0.csv, f1.csv and so on, as {@link ByteText}s
 */
record Fixture(String csv, String aggregate, String rest, List<String> files) {
    static final String OUTPUT = "out.csv";
    static final String REJECTS = "rejects.csv";

    FileJob job(String sliceBytes) {
        String names = IntStream.range(0, files.size())
                .mapToObj(Fixture::name)
                .collect(Collectors.joining("\", \"", "\"", "\""));
        String manifest = """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: fixture}
                spec: {input: {files: [%s], sliceBytes: %s, format: {csv: {%s}}}, operation: {aggregate: {%s}}, memory: 16Mi%s}
                """.formatted(names, sliceBytes, csv, aggregate, rest.isEmpty() ? "" : ", " + rest);
        try {
            return ManifestReader.read(manifest);
        } catch (InvalidManifestException e) {
            throw new AssertionError(manifest, e);
        }
    }

    /** Returns the expected outcome, for any number of slices, with the files in {@code folder}. */
    Expected expected(Path folder) {
        SequencedMap<String, byte[]> sources = new LinkedHashMap<>();
        for (int i = 0; i < files.size(); i++) {
            sources.put(folder.resolve(name(i)).toString(), ByteText.bytes(files.get(i)));
        }
        return AggregateOracle.of(job("64Mi").spec(), sources);
    }

    void write(Path folder) {
        try {
            for (int i = 0; i < files.size(); i++) {
                Files.write(folder.resolve(name(i)), ByteText.bytes(files.get(i)));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    int bytes() {
        return files.stream().mapToInt(String::length).sum();
    }

    /** Returns a description for messages. */
    String describe() {
        return "csv {" + csv + "}, aggregate {" + aggregate + "}, " + rest + "\n"
                + files.stream().map(ByteText::decode).collect(Collectors.joining("\n----\n"));
    }

    private static String name(int file) {
        return "f" + file + ".csv";
    }
}
