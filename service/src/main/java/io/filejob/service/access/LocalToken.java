package io.filejob.service.access;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.service.ServiceSettings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The secret that callers on this machine present. It is kept in the data folder, in a file that only its owner may read,
 * so that bookmarks and cookies survive a restart.
 */
@Singleton
public final class LocalToken {
    private static final int BYTES = 24;
    private static final String FILE = "token";

    private final String value;

    LocalToken(ServiceSettings settings) {
        this.value = settings.local().token().orElseGet(() -> stored(settings));
    }

    private static String stored(ServiceSettings settings) {
        if (settings.host() != ServiceSettings.HostKind.LOCAL) {
            return random();
        }
        Path folder = settings.local().data().toAbsolutePath().normalize();
        try {
            return stored(folder);
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.NO_OUTPUT,
                    "--data: " + folder + " cannot be written: " + IoReason.of(e) + "; choose another folder",
                    e);
        }
    }

    private static String stored(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        String known = Files.exists(file) ? Files.readString(file).strip() : "";
        if (known.length() >= BYTES) {
            return known;
        }
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, permissions("rwx------"));
        }
        String token = random();
        Path fresh = Files.createTempFile(folder, "." + FILE, "", permissions("rw-------"));
        Files.writeString(fresh, token);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        return token;
    }

    private static FileAttribute<?> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Returns the secret. */
    public String value() {
        return value;
    }
}
