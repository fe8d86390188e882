package io.filejob.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import io.filejob.cli.FilejobJvm;
import io.filejob.docs.MarkdownPage.Block;
import io.filejob.image.TestLibvips;
import io.filejob.testing.http.WebhookReceiver;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TestDatabase;
import io.filejob.testing.s3.S3Server;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the commands of the documents that need no cluster, as a reader would; the suites in e2e run the others. */
final class DocumentedCommandsTest {
    private static final String LOCAL = "local";
    /**
     * The places in which commands run: {@code ReadmeTest} in e2e runs those in clusters, scripts/check-dist those in a bare
     * Debian, and scripts/check-launcher those for users of the service.
     */
    private static final List<String> PLACES =
            List.of(LOCAL, "cluster", "cluster with Kueue", "bare Debian", "service");

    private static final Pattern PROGRAM = Pattern.compile("(\\./filejob|filejob|kubectl|helm|curl) .*");
    /** Names of commands and options without values, apart from those in capitals, which stand for any. */
    private static final Pattern MENTION = Pattern.compile("\\S+( [a-z-]+| [A-Z]+| --?[a-z-]+| -)*");

    private static final long LIMIT_MINUTES = 5;

    /** The reader's checkout: commands run in it. */
    @TempDir
    private Path checkout;

    @TempDir
    private Path servers;

    static List<MarkdownPage> localPages() {
        return MarkdownPage.forUsers().stream()
                .filter(page -> page.runsIn(LOCAL))
                .toList();
    }

    @Test
    void everyCommandIsRunByATest() {
        for (MarkdownPage page : MarkdownPage.forUsers()) {
            for (Block block : page.blocks()) {
                assertThat(block.language()).as("%s: %s", page, block).isIn("sh", "text", "yaml");
                if (block.language().equals("sh")) {
                    assertThat(PLACES).as("%s: %s", page, block).containsAll(block.places());
                    assertThat(block.places()).as("%s: %s", page, block).isNotEmpty();
                }
            }
        }
    }

    /** Sentences only mention commands, or repeat those of a block. */
    @Test
    void commandsWithValuesAreInBlocks() {
        String run = MarkdownPage.forUsers().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.language().equals("sh"))
                .map(Block::content)
                .collect(Collectors.joining());
        for (MarkdownPage page : MarkdownPage.forUsers()) {
            assertThat(page.inlineCode())
                    .as("%s: inline commands that no block runs", page)
                    .filteredOn(code -> PROGRAM.matcher(code).matches()
                            && !MENTION.matcher(code).matches())
                    .allMatch(run::contains);
        }
    }

    @ParameterizedTest
    @MethodSource("localPages")
    void theCommandsPrintWhatThePageShows(MarkdownPage page) throws Exception {
        Path bin = Files.createDirectory(servers.resolve("bin"));
        launcher(bin.resolve("filejob"));
        Files.createSymbolicLink(checkout.resolve("filejob"), bin.resolve("filejob"));
        Files.createSymbolicLink(checkout.resolve("k8s-examples"), MarkdownPage.ROOT.resolve("k8s-examples"));
        ProcessBuilder builder = new ProcessBuilder(
                        MarkdownPage.ROOT.resolve("scripts/run-page").toString(),
                        "local",
                        page.file().toString(),
                        checkout.toString())
                .redirectErrorStream(true)
                .redirectOutput(servers.resolve("out").toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("PG"));
        environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "FILEJOB_JAVA_OPTS"));
        environment.put("TMPDIR", Files.createDirectory(servers.resolve("tmp")).toString());
        environment.put("LC_ALL", "C.UTF-8");

        String commands = Files.readString(page.file());
        // The other pages are for readers who have done so.
        if (!commands.contains("export PATH=\"$PWD:$PATH\"")) {
            environment.merge("PATH", bin.toString(), (path, own) -> own + File.pathSeparator + path);
        }
        if (commands.contains("$IMAGES_URL")) {
            environment.put("FILEJOB_LIBVIPS", TestLibvips.path());
        }
        if (commands.contains("$PGHOST")) {
            database(environment);
        }
        S3Server storage = commands.contains("$AWS_") ? storage(environment) : null;
        boolean readsPages = commands.contains("$PLAYS_URL") || commands.contains("$IMAGES_URL");
        HttpServer pages = readsPages ? pages(environment) : null;
        WebhookReceiver receiver = commands.contains("$HOOK_URL") ? receiver(environment) : null;
        try {
            assertRuns(builder);
            if (receiver != null) {
                String key =
                        Files.readString(checkout.resolve("hook.env")).strip().substring("secret=".length());
                assertThat(receiver.webhooks()).isNotEmpty().allMatch(webhook -> webhook.isSigned(key));
            }
        } finally {
            if (receiver != null) {
                receiver.close();
            }
            if (pages != null) {
                pages.stop(0);
            }
            if (storage != null) {
                storage.close();
            }
        }
    }

    private void assertRuns(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        assertThat(process.exitValue())
                .as("%s", Files.readString(servers.resolve("out")))
                .isZero();
    }

    /** Writes a launcher of the classes under test; {@code scripts/check-launcher} checks the real one. */
    private static void launcher(Path file) throws IOException {
        Files.writeString(file, """
                #!/bin/sh
                exec '%s' io.filejob.cli.Main "$@"
                """.formatted(String.join("' '", FilejobJvm.command("-Xmx256m"))));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void database(Map<String, String> environment) throws IOException {
        TestDatabase database = PostgresServer.shared().database();
        environment.put("PGHOST", PostgresServer.HOST);
        environment.put("PGPORT", Integer.toString(PostgresServer.shared().port()));
        environment.put("PGDATABASE", database.name());
        environment.put("PGUSER", TestDatabase.USER);
        environment.put("PGPASSWORD", TestDatabase.PASSWORD);
        Process programs = new ProcessBuilder(
                        MarkdownPage.ROOT.resolve("scripts/postgres").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String folder = new String(programs.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        environment.merge("PATH", folder, (path, own) -> own + File.pathSeparator + path);
    }

    private S3Server storage(Map<String, String> environment) throws IOException {
        S3Server storage = new S3Server(Files.createDirectory(servers.resolve("s3")));
        storage.bucket("music");
        environment.put("AWS_ENDPOINT_URL", storage.endpoint());
        environment.put("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY);
        environment.put("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
        return storage;
    }

    private static WebhookReceiver receiver(Map<String, String> environment) throws IOException {
        WebhookReceiver receiver = new WebhookReceiver();
        environment.put("HOOK_URL", receiver.url());
        environment.put("HOOK_HOST", receiver.host());
        return receiver;
    }

    private HttpServer pages(Map<String, String> environment) throws IOException {
        Path folder = Files.createDirectory(servers.resolve("pages")).toRealPath();
        Files.writeString(folder.resolve("plays.csv"), "Song,Plays\nBlue,12\nRed,7\nBlue,5\n");
        for (String name : List.of("chair.jpg", "lamp.jpg")) {
            ImageIO.write(picture(name.length()), "jpg", folder.resolve(name).toFile());
        }
        HttpServer server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), folder, SimpleFileServer.OutputLevel.NONE);
        server.start();
        String uri = "http://127.0.0.1:" + server.getAddress().getPort();
        environment.put("PLAYS_URL", uri + "/plays.csv");
        environment.put("IMAGES_URL", uri);
        return server;
    }

    private static BufferedImage picture(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        BufferedImage picture = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                picture.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        return picture;
    }
}
