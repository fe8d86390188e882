package io.filejob.metrics;

/** The steps of the work of a worker whose times are measured: once for a slice, a read, or a batch of rows. */
public enum WorkStep {
    /** Waiting for input. */
    READ("read"),
    /** Finding records and fields. */
    PARSE("parse"),
    /** Adding batches of rows to results, or sending them to the database. */
    AGGREGATE("aggregate"),
    /** Both in one pass, whose parts cannot be timed without slowing it down. */
    PARSE_AND_AGGREGATE("parse_and_aggregate"),
    /** Merging partial results. */
    MERGE("merge"),
    /** Publishing the result: files of the output, or the merge of a database table. */
    WRITE("write"),
    /** Writing the ledger. */
    LEDGER("ledger");

    private final String text;

    WorkStep(String text) {
        this.text = text;
    }

    /** Returns the value of the label {@code step}. */
    public String text() {
        return text;
    }
}
