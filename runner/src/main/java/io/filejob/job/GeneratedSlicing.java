package io.filejob.job;

import io.filejob.model.GenerateSpec;

/**
 * Slices of whole generated files. A position is the number of a file, from 0.
 *
 * @param generate what is generated
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

    /** The name, which sorts in the order of the numbers. */
    @Override
    public String source(long file) {
        int digits = Long.toString(generate.files() - 1).length();
        String number = Long.toString(file);
        return "file-" + "0".repeat(digits - number.length()) + number + ".txt";
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
