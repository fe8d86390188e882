package io.filejob.storage;

import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A volume, mounted at {@code /data}, and beside it a folder that must not be reached through links on the volume.
 *
 * @param volume the volume's folder, a path without links
 * @param secret the folder beside it, with the file {@code token}
 * @param storage access to the volume
 */
public record VolumeFixture(Path volume, Path secret, Storage storage) implements AutoCloseable {
    /** Creates both folders in {@code folder}. */
    public static VolumeFixture in(Path folder) throws IOException {
        Path real = folder.toRealPath();
        Path volume = Files.createDirectory(real.resolve("volume"));
        Path secret = Files.createDirectory(real.resolve("secret"));
        Files.writeString(secret.resolve("token"), "price\n1\n");
        return new VolumeFixture(volume, secret, storage("/data=" + volume));
    }

    /** Returns access to a volume, given as for {@code --mount}. */
    static Storage storage(String mount) {
        return Storage.of(new TestSpec("{files: [x]}").spec(), Path.of("/"), Secrets.NONE, Mounts.of(List.of(mount)));
    }

    @Override
    public void close() {
        storage.close();
    }
}
