package io.filejob.engine.images;

import io.filejob.image.ImageFormat;
import io.filejob.storage.S3Access;
import io.filejob.storage.Storage;
import io.filejob.testing.s3.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Folders for images on a disk and in a bucket. */
final class ImageLocations implements AutoCloseable {
    private final Path shared;
    private final S3Server server;
    private final Storage storage;

    enum Kind {
        DIRECTORY,
        BUCKET
    }

    /** Starts a server with a bucket; {@code shared} is an existing folder. */
    ImageLocations(Path shared) {
        this.shared = shared;
        this.server = new S3Server(shared);
        server.bucket("images");
        this.storage = S3Access.storage(server, shared);
    }

    S3Server server() {
        return server;
    }

    Storage storage() {
        return storage;
    }

    /** Returns a folder that nothing else uses. */
    Location create(Kind kind) {
        String name = UUID.randomUUID().toString();
        return new Location(
                kind,
                switch (kind) {
                    case DIRECTORY -> name + "/out";
                    case BUCKET -> "s3://images/" + name + "/out/";
                });
    }

    /** Returns images with the serial numbers {@code serials}; the content depends on {@code version}. */
    List<ImageFolder.NewImage> images(String version, String... serials) throws IOException {
        List<ImageFolder.NewImage> images = new ArrayList<>();
        for (String serial : serials) {
            byte[] content = (version + " of " + serial).getBytes(StandardCharsets.UTF_8);
            Path file = Files.write(Files.createTempFile(shared, "image", ".tmp"), content);
            images.add(new ImageFolder.NewImage(name(version, serial), ImageFormat.JPEG, file));
        }
        return images;
    }

    static String name(String version, String serial) {
        byte[] digest = new byte[32];
        digest[0] = (byte) version.hashCode();
        return ImageFolder.name(serial, 1, digest, ImageFormat.JPEG);
    }

    static Set<String> names(String version, String... serials) {
        return Stream.of(serials).map(serial -> name(version, serial)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** A folder for images. */
    final class Location {
        private final Kind kind;
        private final String uri;

        private Location(Kind kind, String uri) {
            this.kind = kind;
            this.uri = uri;
        }

        String uri() {
            return uri;
        }

        ImageFolder worker(String job, String attempt) {
            return ImageFolder.open(storage, uri, job, attempt);
        }

        /** Returns the names of all files below the folder, also of hidden ones. */
        Set<String> files() throws IOException {
            if (kind == Kind.BUCKET) {
                String prefix = uri.substring("s3://images/".length());
                return server
                        .client()
                        .listObjectsV2(request -> request.bucket("images").prefix(prefix))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        .map(key -> key.substring(prefix.length()))
                        .collect(Collectors.toCollection(TreeSet::new));
            }
            Path folder = shared.resolve(uri);
            if (!Files.exists(folder)) {
                return Set.of();
            }
            try (Stream<Path> all = Files.walk(folder)) {
                return all.filter(file -> !file.equals(folder))
                        .map(file -> folder.relativize(file).toString())
                        .collect(Collectors.toCollection(TreeSet::new));
            }
        }

        void put(String name, byte[] content) throws IOException {
            if (kind == Kind.BUCKET) {
                server.put("images", uri.substring("s3://images/".length()) + name, content);
            } else {
                Path file = shared.resolve(uri).resolve(name);
                Files.createDirectories(file.resolveSibling(""));
                Files.write(file, content);
            }
        }

        byte[] get(String name) throws IOException {
            return kind == Kind.BUCKET
                    ? server.get("images", uri.substring("s3://images/".length()) + name)
                    : Files.readAllBytes(shared.resolve(uri).resolve(name));
        }
    }

    @Override
    public void close() {
        storage.close();
        server.close();
    }
}
