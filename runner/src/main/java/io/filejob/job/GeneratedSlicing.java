package io.filejob.job;

import io.filejob.model.GenerateSpec;

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

    /** Returns the name of a file; names sort in the order of the numbers. */
    @Override
    public String source(long file) {
        int digits = Long.toString(generate.files() - 1).length();
        String number = Long.toString(file);
        return "file-" + "0".repeat(digits - number.length()) + number + ".txt";
    }

    /** Returns whether {@code name} is the name of one of the files. */
    public boolean isSource(String name) {
        String number = name.replaceAll("^file-([0-9]{1,19})[.]txt$", "$1");
        return !number.equals(name)
                && new java.math.BigInteger(number).bitLength() < Long.SIZE
                && Long.parseLong(number) < generate.files()
                && source(Long.parseLong(number)).equals(name);
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
