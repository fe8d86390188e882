package io.filejob.storage;

import io.filejob.model.FileJobSpec;
import io.filejob.model.InvalidManifestException;
import io.filejob.model.ManifestReader;

/** The spec of a job that averages {@code price} of an input. */
record TestSpec(String input) {
    FileJobSpec spec() {
        return spec("");
    }

    /** Returns the spec with more fields, each after a comma. */
    FileJobSpec spec(String more) {
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
