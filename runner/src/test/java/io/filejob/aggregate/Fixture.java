package io.filejob.aggregate;

import com.github.luben.zstd.ZstdOutputStream;
import io.filejob.api.FileJob;
import io.filejob.manifest.ManifestReader;
import io.filejob.validation.InvalidManifestException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * A job and its input.
 *
 * @param csv members of {@code csv}, in YAML's flow style
 * @param aggregate members of {@code aggregate}
 * @param rest further members of {@code spec}
 * @param files contents of f0.csv, f1.csv and so on, as {@link ByteText}s
 * @param packing for each file, the end of its name if it is compressed, .gz or .zst, or an empty text
 */
record Fixture(String csv, String aggregate, String rest, List<String> files, List<String> packing) {
    static final String OUTPUT = "out.csv";
    static final String REJECTS = "rejects.csv";

    /** Creates a fixture of files that are not compressed. */
    Fixture(String csv, String aggregate, String rest, List<String> files) {
        this(csv, aggregate, rest, files, Collections.nCopies(files.size(), ""));
    }

    FileJob job(String sliceBytes) {
        String names =
                IntStream.range(0, files.size()).mapToObj(this::name).collect(Collectors.joining("\", \"", "\"", "\""));
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
        return AggregateOracle.of(job("64Mi").spec(), sources(folder));
    }

    /** Returns the unpacked contents of the files in {@code folder}, in input order. */
    SequencedMap<String, byte[]> sources(Path folder) {
        SequencedMap<String, byte[]> sources = new LinkedHashMap<>();
        for (int i = 0; i < files.size(); i++) {
            sources.put(folder.resolve(name(i)).toString(), ByteText.bytes(files.get(i)));
        }
        return sources;
    }

    void write(Path folder) {
        try {
            for (int i = 0; i < files.size(); i++) {
                Files.write(folder.resolve(name(i)), packed(ByteText.bytes(files.get(i)), packing.get(i)));
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

    private static byte[] packed(byte[] content, String packing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = packing.equals(".gz")
                ? new GZIPOutputStream(bytes)
                : packing.equals(".zst") ? new ZstdOutputStream(bytes) : bytes) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private String name(int file) {
        return "f" + file + ".csv" + packing.get(file);
    }
}
