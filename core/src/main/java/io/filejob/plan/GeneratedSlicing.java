package io.filejob.plan;

import io.filejob.spec.GenerateSpec;

/**
 * Slices of whole generated files. A position is the number of a file, from 0.
 *
 * @param generate the settings of the generated files
 */
public record GeneratedSlicing(GenerateSpec generate) implements Slicing {
    @Override
    public int slices() {
        return Math.toIntExact(Math.ceilDiv(generate.files(), (long) generate.filesPerSlice()));
    }

    @Override
    public long begin(int slice) {
        return (long) slice * generate.filesPerSlice();
    }

    @Override
    public long end(int slice) {
        return Math.min(begin(slice) + generate.filesPerSlice(), generate.files());
    }

    @Override
    public long inputs() {
        return generate.files();
    }

    @Override
    public String source(long file) {
        return generate.fileName(file);
    }

    /** Returns whether {@code name} is the name of one of the files. */
    public boolean isSource(String name) {
        return generate.isFileName(name);
    }

    @Override
    public long fileBegin(long file) {
        return file;
    }

    @Override
    public long fileAt(long position) {
        return position;
    }
}
