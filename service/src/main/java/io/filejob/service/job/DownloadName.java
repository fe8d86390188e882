package io.filejob.service.job;

/** The names under which objects are saved. */
public final class DownloadName {
    private DownloadName() {}

    /** Returns the last segment of {@code uri}, with only those characters that are harmless in headers and file names. */
    public static String of(String uri) {
        String name = uri.substring(uri.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        return name.isEmpty() ? "result" : name;
    }
}
