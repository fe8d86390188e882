package io.filejob.storage;

import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.s3.S3Server;
import java.nio.file.Path;
import java.util.List;

/** Access to the locations of an {@link S3Server}, as a job has it. */
public final class S3Access {
    private S3Access() {}

    /** Returns the Secret that the server's settings refer to. */
    public static Secrets secrets(S3Server server) {
        return Secrets.of(List.of(server.secretOption()));
    }

    /** Returns access to locations that include {@code server}; relative paths are resolved against {@code base}. */
    public static Storage storage(S3Server server, Path base) {
        return Storage.of(
                new TestSpec("{files: [\"s3://bucket/key\"]}").spec(", " + server.yaml()),
                base,
                secrets(server),
                Mounts.NONE);
    }
}
