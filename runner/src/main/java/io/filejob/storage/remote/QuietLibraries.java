package io.filejob.storage.remote;

/** Keeps SLF4J from warning on standard error that it finds no logging provider. */
public final class QuietLibraries {
    private static final String VERBOSITY = "slf4j.internal.verbosity";

    private QuietLibraries() {}

    /** Must be called before the first class of such a library is loaded. */
    public static void quiet() {
        if (System.getProperty(VERBOSITY) == null) {
            System.setProperty(VERBOSITY, "ERROR");
        }
    }
}
