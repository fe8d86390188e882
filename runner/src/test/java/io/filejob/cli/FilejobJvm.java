package io.filejob.cli;

import io.filejob.testing.s3.S3Server;
import io.filejob.testing.system.FolderRemoval;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The command of a JVM for the classes under test. It uses a start-up cache, as the image does, which is made before the
 * first use: the processes of a test take more time to start than to do their work.
 */
public final class FilejobJvm {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    /** Options with which a JVM that lives for seconds takes the least time. */
    private static final List<String> OPTIONS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xlog:disable",
            "-Xlog:all=warning,aot*=off,cds*=off:stderr",
            "--enable-native-access=ALL-UNNAMED");

    private FilejobJvm() {}

    /** Returns the command up to the class path; {@code options} are added. The name of a class is to follow. */
    public static List<String> command(String... options) {
        return command(List.of(options));
    }

    /** Returns the command up to the class path; {@code options} are added. The name of a class is to follow. */
    public static List<String> command(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(JAVA);
        command.addAll(OPTIONS);
        command.add("-XX:AOTCache=" + StartupCache.FILE);
        command.addAll(options);
        command.addAll(List.of("-cp", StartupCache.CLASS_PATH));
        return command;
    }

    /**
     * Returns the command up to a class path on which {@code first}, a jar or folder, precedes the classes under test. It
     * uses no start-up cache.
     */
    public static List<String> command(Path first, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(JAVA);
        command.addAll(OPTIONS);
        command.addAll(options);
        command.addAll(List.of("-cp", first + File.pathSeparator + System.getProperty("java.class.path")));
        return command;
    }

    /** The cache of this test run. It holds classes of jars only, so that folders of classes are packed first. */
    private static final class StartupCache {
        private static final Path FOLDER = folder();
        private static final String CLASS_PATH = jars();
        private static final Path FILE = train();

        private StartupCache() {}

        private static Path folder() {
            try {
                Path folder = Files.createTempDirectory("start-up-cache-");
                Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> remove(folder)));
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void remove(Path folder) {
            try {
                FolderRemoval.remove(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String jars() {
            List<String> entries = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                Path path = Path.of(entry);
                entries.add(Files.isDirectory(path) ? pack(path, entries.size()).toString() : entry);
            }
            return String.join(File.pathSeparator, entries);
        }

        private static Path pack(Path folder, int number) {
            Path jar = FOLDER.resolve(number + ".jar");
            try (Stream<Path> files = Files.walk(folder);
                    ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(jar)))) {
                zip.setLevel(Deflater.NO_COMPRESSION);
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                    Files.copy(file, zip);
                }
                return jar;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Writes the manifest of a job on object storage, and its input. */
        private static Path job(S3Server storage) throws IOException {
            storage.bucket("jobs");
            storage.put("jobs", "in.csv", "n\n1\n2\n".getBytes(StandardCharsets.UTF_8));
            return Files.writeString(FOLDER.resolve("job.yaml"), """
                    apiVersion: filejob.io/v1alpha1
                    kind: FileJob
                    metadata: {name: training}
                    spec:
                      workers: 2
                      input: {files: ["s3://jobs/in.csv"]}
                      operation: {average: {column: n}}
                      output: {uri: "s3://jobs/out.csv"}
                      %s
                    """.formatted(storage.yaml()));
        }

        private static Path train() {
            Path cache = FOLDER.resolve("filejob.aot");
            List<String> command = new ArrayList<>(List.of(JAVA));
            command.addAll(OPTIONS);
            command.addAll(List.of("-Xmx256m", "-XX:AOTCacheOutput=" + cache, "-cp", CLASS_PATH));
            try (S3Server storage = new S3Server(Files.createDirectory(FOLDER.resolve("s3")))) {
                command.addAll(List.of(
                        StartupTraining.class.getName(),
                        job(storage).toString(),
                        storage.secretOption(),
                        "image/training.yaml"));
                Process training = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(FOLDER.resolve("training.log").toFile())
                        .start();
                if (training.waitFor() != 0 || !Files.exists(cache)) {
                    throw new IllegalStateException(
                            "no start-up cache: " + Files.readString(FOLDER.resolve("training.log")));
                }
                return cache;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
