package io.filejob.aggregate;

import java.util.List;

/**
 * A job with its expected outcome, written by hand from the specification.
 *
 * @param output the output file; empty if the job fails
 * @param rejects the lines after the header of the file of bad records
 * @param failure the failure message; empty if the job succeeds
 */
record Example(String name, Fixture fixture, String output, String rejects, String failure) {
    private static final String OUTPUT = "output: {uri: " + Fixture.OUTPUT + "}";
    private static final String SKIP = OUTPUT + ", onBadRecord: skip, rejects: {uri: " + Fixture.REJECTS + "}";

    /** Returns an example without bad records. Here and below, U+FFFF stands for a byte that is not UTF-8. */
    static Example gives(String name, String csv, String aggregate, List<String> files, String output) {
        return new Example(name, fixture(csv, aggregate, OUTPUT, files), output, "", "");
    }

    /** Returns an example that skips bad records. */
    static Example skips(String name, String csv, String aggregate, List<String> files, String output, String rejects) {
        return new Example(name, fixture(csv, aggregate, SKIP, files), output, rejects, "");
    }

    /** Returns an example that fails at a bad record. */
    static Example fails(String name, String csv, String aggregate, List<String> files, String failure) {
        return new Example(name, fixture(csv, aggregate, OUTPUT, files), "", "", failure);
    }

    /** Returns an example that fails although it skips bad records. */
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
