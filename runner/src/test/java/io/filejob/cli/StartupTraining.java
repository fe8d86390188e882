package io.filejob.cli;

import java.io.IOException;

/** Trains the start-up cache of tests: as that of the image, and with a job on object storage. */
final class StartupTraining {
    private StartupTraining() {}

    /** Runs the manifest of the first argument with the Secret of the second; the third is the one of the image. */
    public static void main(String[] arguments) throws IOException {
        int status = Main.commandLine().execute("run", "-q", "--secret", arguments[1], arguments[0]);
        if (status != 0) {
            System.exit(status);
        }
        AotCacheTraining.main(new String[] {arguments[2]});
    }
}
