package io.filejob.storage;

import io.filejob.api.FileJobSpec;
import io.filejob.manifest.ManifestReader;
import io.filejob.validation.InvalidManifestException;

/** The spec of a job that averages {@code price} of an input. */
public record TestSpec(String input) {
    public FileJobSpec spec() {
        return spec("");
    }

    /** Returns the spec with more fields, each after a comma. */
    public FileJobSpec spec(String more) {
        try {
            return ManifestReader.read("""
                            apiVersion: filejob.io/v1alpha1
                            kind: FileJob
                            metadata: {name: test}
                            spec: {input: %s, operation: {average: {column: price}}%s}
                            """.formatted(input, more)).spec();
        } catch (InvalidManifestException e) {
            throw new IllegalStateException(e);
        }
    }
}
