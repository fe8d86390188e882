package io.filejob.testing.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small separate file system. Mounting requires root, directly or by {@code sudo}. */
public final class Tmpfs implements AutoCloseable {
    private final Path folder;

    /** Mounts a file system of {@code mebibytes} at a new folder, which all users may use. */
    public Tmpfs(int mebibytes) {
        try {
            folder = Files.createTempDirectory("filejob-tmpfs-").toRealPath();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        asRoot("mount", "-t", "tmpfs", "-o", "mode=1777,size=" + mebibytes + "m", "tmpfs", folder.toString());
    }

    public Path folder() {
        return folder;
    }

    /** Enlarges it. */
    public void resize(int mebibytes) {
        asRoot("mount", "-o", "remount,size=" + mebibytes + "m", folder.toString());
    }

    /** Refuses writes from now on, also those of root. */
    public void makeReadOnly() {
        asRoot("mount", "-o", "remount,ro", folder.toString());
    }

    private static void asRoot(String... command) {
        try {
            List<String> all = new ArrayList<>(List.of(command));
            if (!"root".equals(System.getProperty("user.name"))) {
                all.addAll(0, List.of("sudo", "-n"));
            }
            Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("a file system cannot be mounted, which takes root: " + all + ": " + said);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        asRoot("umount", folder.toString());
        try {
            Files.delete(folder);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
