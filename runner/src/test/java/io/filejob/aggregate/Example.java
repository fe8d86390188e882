package io.filejob.aggregate;

import java.util.List;

/**
 * A job and what must come of it, written by hand from the specification.
 *
 * @param output the output file; empty where the job fails
 * @param rejects the lines behind the header of the file of bad records
 * @param failure what it fails with; empty where it does not
 */
record Example(String name, Fixture fixture, String output, String rejects, String failure) {
    private static final String OUTPUT = "output: {uri: " + Fixture.OUTPUT + "}";
    private static final String SKIP = OUTPUT + ", onBadRecord: skip, rejects: {uri: " + Fixture.REJECTS + "}";

    /** One without bad records. Here and below, U+FFFF stands for a byte that is not UTF-8. */
    static Example gives(String name, String csv, String aggregate, List<String> files, String output) {
        return new Example(name, fixture(csv, aggregate, OUTPUT, files), output, "", "");
    }

    /** One that skips bad records. */
    static Example skips(String name, String csv, String aggregate, List<String> files, String output, String rejects) {
        return new Example(name, fixture(csv, aggregate, SKIP, files), output, rejects, "");
    }

    /** One that a bad record fails. */
    static Example fails(String name, String csv, String aggregate, List<String> files, String failure) {
        return new Example(name, fixture(csv, aggregate, OUTPUT, files), "", "", failure);
    }

    /** One that fails although it skips bad records. */
    static Example failsAnyway(String name, String csv, String aggregate, List<String> files, String failure) {
        return new Example(name, fixture(csv, aggregate, SKIP, files), "", "", failure);
    }

    private static Fixture fixture(String csv, String aggregate, String rest, List<String> files) {
        return new Fixture(
                csv, aggregate, rest, files.stream().map(RandomColumn::bytes).toList());
    }

    @Override
    public String toString() {
        return name;
    }
}
