package io.filejob.faults;

import java.util.Locale;

/** Texts of manifests. */
final class Manifests {
    private Manifests() {}

    /** Returns a manifest with this spec, in YAML's flow style without the outer braces. */
    static String of(String spec) {
        return """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: faults}
                spec: {%s}
                """.formatted(spec);
    }

    /** Returns the spec of a job over generated files: slices of one file each. */
    static String generated(int slices, int entries) {
        return String.format(
                Locale.ROOT,
                "workers: 2, input: {generate: {files: %d, entriesPerFile: %d, seed: 11, filesPerSlice: 1}}, operation: {average: {}}",
                slices,
                entries);
    }

    /** Returns the spec of a job over lines. */
    static String lines(String file, String sliceBytes) {
        return "workers: 2, input: {files: ['%s'], sliceBytes: %s, format: {lines: {}}}, operation: {average: {}}"
                .formatted(file, sliceBytes);
    }

    /** Returns the spec of a job over the column price of CSV. */
    static String csv(String file, String sliceBytes) {
        return "workers: 2, input: {files: ['%s'], sliceBytes: %s}, operation: {average: {column: price}}"
                .formatted(file, sliceBytes);
    }
}
