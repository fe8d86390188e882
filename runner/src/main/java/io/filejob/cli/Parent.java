package io.filejob.cli;

import io.filejob.failure.ExitCode;
import java.io.IOException;

/** The process that started this one and holds the other end of its standard input. */
final class Parent {
    private Parent() {}

    /** Ends this process when standard input is closed, since a killed parent cannot stop its children. */
    static void endWith() {
        Thread.ofPlatform().daemon().name("parent").start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // The input is ignored until its end.
                }
            } catch (IOException e) {
                // A broken pipe means that the parent has ended, too.
            }
            Runtime.getRuntime().exit(ExitCode.TERMINATED.number());
        });
    }
}
