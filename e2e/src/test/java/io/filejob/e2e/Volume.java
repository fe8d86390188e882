package io.filejob.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A local folder that is a PersistentVolume of the project's own cluster, whose node sees the same files. Pods mount it
 * at its local path, so that the same manifest runs locally and in the cluster.
 */
final class Volume implements AutoCloseable {
    private static final Path PARENT = Path.of("/var/tmp");

    private final String namespace;
    private final String claim;
    private final Path folder;

    private Volume(String namespace, String claim, Path folder) {
        this.namespace = namespace;
        this.claim = claim;
        this.folder = folder;
    }

    /** Creates a folder that is writable for everyone; its claim is not created yet. */
    static Volume of(String namespace, String claim) {
        try {
            Path folder = Files.createTempDirectory(PARENT, "filejob-volume-");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            return new Volume(namespace, claim, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    /** Creates the PersistentVolume and the claim. */
    Volume claimed() {
        Cluster.kubectlWith(objects(), "apply", "-f", "-").ok();
        return this;
    }

    private String objects() {
        return """
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: %1$s-%2$s}
                spec:
                  capacity: {storage: 1Gi}
                  accessModes: [ReadWriteMany]
                  persistentVolumeReclaimPolicy: Retain
                  storageClassName: ""
                  claimRef: {namespace: %1$s, name: %2$s}
                  hostPath: {path: %3$s, type: Directory}
                ---
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: %2$s, namespace: %1$s}
                spec:
                  accessModes: [ReadWriteMany]
                  storageClassName: ""
                  volumeName: %1$s-%2$s
                  resources: {requests: {storage: 1Gi}}
                """.formatted(namespace, claim, folder);
    }

    /** Creates {@code files} CSV files of {@code megabytes} each: 0000.csv and so on, all with the same text. */
    Volume withPrices(int files, int megabytes) {
        try {
            byte[] prices = prices(megabytes << 20);
            for (int i = 0; i < files; i++) {
                Files.write(folder.resolve(String.format(Locale.ROOT, "%04d.csv", i)), prices);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] prices(int bytes) {
        StringBuilder text = new StringBuilder("sku,name,price\n");
        for (int i = 0; text.length() < bytes; i++) {
            text.append(i)
                    .append(",\"a \"\"table\"\",\n")
                    .append(i % 7)
                    .append(" feet\",")
                    .append(i % 1_000)
                    .append('.')
                    .append(i % 10)
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns a manifest that averages the CSV files in the folder. */
    Manifest average(String name, int workers) {
        return new Manifest(String.format(Locale.ROOT, """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: %1$s}
                spec:
                  workers: %2$d
                  input: {files: ["%3$s/*.csv"], sliceBytes: 5Mi}
                  operation: {average: {column: price}}
                  volumes: [{name: data, claimName: %4$s, mountPath: %3$s}]
                """, name, workers, folder, claim))
                .with("spec.pod", Manifest.pod());
    }

    /** Deletes the folder and the PersistentVolume; the claim is deleted with its namespace. */
    @Override
    public void close() {
        Cluster.kubectl("delete", "pv", namespace + "-" + claim, "--ignore-not-found", "--wait=false")
                .ok();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
