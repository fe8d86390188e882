package io.filejob.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Opens files of a volume for reading. Links are resolved and checked beforehand; then each folder on the path is
 * opened without following links, so that a link that another pod creates meanwhile has no effect.
 */
final class VolumeFile {
    private static final Set<OpenOption> OPTIONS = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private VolumeFile() {}

    /** Opens the file at {@code real}, a path without links below {@code root}, which is also free of links. */
    static FileChannel open(Path root, Path real) throws IOException {
        try (DirectoryStream<Path> folder = Files.newDirectoryStream(root)) {
            return folder instanceof SecureDirectoryStream<Path> secure
                    ? open(secure, root.relativize(real))
                    : FileChannel.open(real, OPTIONS);
        }
    }

    private static FileChannel open(SecureDirectoryStream<Path> folder, Path rest) throws IOException {
        if (rest.getNameCount() > 1) {
            try (SecureDirectoryStream<Path> next =
                    folder.newDirectoryStream(rest.getName(0), LinkOption.NOFOLLOW_LINKS)) {
                return open(next, rest.subpath(1, rest.getNameCount()));
            }
        }
        if (folder.newByteChannel(rest, OPTIONS) instanceof FileChannel channel) {
            return channel;
        }
        throw new IOException("the file system has no channels to files");
    }
}
