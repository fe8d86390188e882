package io.filejob.storage;

/** Keeps SLF4J from warning on standard error that it finds no logging provider. */
final class QuietLibraries {
    private static final String VERBOSITY = "slf4j.internal.verbosity";

    private QuietLibraries() {}

    /** Must be called before the first class of such a library is loaded. */
    static void quiet() {
        if (System.getProperty(VERBOSITY) == null) {
            System.setProperty(VERBOSITY, "ERROR");
        }
    }
}
