package io.filejob.service.local;

import io.filejob.api.FileJob;
import io.filejob.testing.http.PageServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * An input of two pages of numbers on a server of this machine, the second of which is held back: a job that reads it
 * finishes slices of the first page, and cannot end before the second one is released.
 */
final class HeldInput implements AutoCloseable {
    /** Number of slices of a job. */
    static final int SLICES = 32;

    /** Number of numbers in both pages. */
    static final long ROWS = 2L * SLICES / 2 * 8192;

    private final PageServer server = new PageServer();
    private final String free;
    private final String held;

    HeldInput() throws IOException {
        // Records of eight bytes: a page has 16 slices of 64 KiB.
        byte[] page = "1234567\n".repeat(SLICES / 2 * 8192).getBytes(StandardCharsets.US_ASCII);
        free = server.put("free", page);
        held = server.put("held", page);
        server.hold("held");
    }

    /** Returns a job of two workers that reads this input. */
    FileJob job(String name) {
        return job(name, free, held);
    }

    /** Returns a job of two workers that reads these pages. */
    static FileJob job(String name, String free, String held) {
        return LocalJobsOf.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: %s}
                spec:
                  workers: 2
                  input:
                    files: ['%s', '%s']
                    sliceBytes: 64Ki
                    format:
                      csv: {header: false}
                  operation:
                    average: {column: "#1"}
                  network:
                    allowPrivate: [127.0.0.1]
                """.formatted(name, free, held));
    }

    /** Returns the URI of the first page. */
    String free() {
        return free;
    }

    /** Returns the URI of the second page. */
    String held() {
        return held;
    }

    /** Lets jobs read the second page. */
    void release() {
        server.release();
    }

    @Override
    public void close() {
        server.close();
    }
}
