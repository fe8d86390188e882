package io.filejob.metrics;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The services whose requests workers repeat. */
public enum RetriedService {
    /** Object storage. */
    S3("s3"),
    /** Inputs by {@code http:} and {@code https:}. */
    HTTP("http"),
    /** Images on the web. */
    IMAGE("image"),
    /** The database of an ingest. */
    DATABASE("database"),
    /** The API server of the cluster. */
    API_SERVER("apiServer");

    private final String text;

    RetriedService(String text) {
        this.text = text;
    }

    /** Returns the value of the label {@code service}. */
    public String text() {
        return text;
    }

    static String names() {
        return Arrays.stream(values()).map(RetriedService::text).collect(Collectors.joining(", "));
    }
}
