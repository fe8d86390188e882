package io.filejob.storage;

/** Keeps the logger of libraries from complaining, on standard error, that nothing is there to write its messages. */
final class QuietLibraries {
    private static final String VERBOSITY = "slf4j.internal.verbosity";

    private QuietLibraries() {}

    /** To be called before the first class of such a library is loaded. */
    static void quiet() {
        if (System.getProperty(VERBOSITY) == null) {
            System.setProperty(VERBOSITY, "ERROR");
        }
    }
}
