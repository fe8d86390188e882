package io.filejob.storage.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.cli.FilejobJvm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemporaryFileTest {
    private static final int FILES = 5_000;

    @TempDir
    private Path folder;

    private Path leftOver() throws IOException {
        return Files.writeString(folder.resolve("." + UUID.randomUUID() + ".filejob-tmp"), "x");
    }

    @Test
    void filesOfKilledWritersAreRemovedAndThoseOfLiveOnesStay() throws IOException {
        Path old = leftOver();
        try (TemporaryFile live = TemporaryFile.in(OpenFolder.of(folder))) {
            TemporaryFile.removeAbandoned(OpenFolder.of(folder));
            assertThat(old).doesNotExist();
            assertThat(live.path()).exists();
            live.channel().write(ByteBuffer.wrap(new byte[] {'x'}));
            live.moveTo(folder.resolve("target"), true);
        }
        assertThat(folder.resolve("target")).hasContent("x");
        assertThat(folder.toFile().list()).containsExactly("target");
    }

    @Test
    void otherFilesAndLinksStay() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine"), "x");
        Path link = Files.createSymbolicLink(folder.resolve("." + UUID.randomUUID() + ".filejob-tmp"), mine);
        Path pipe = folder.resolve("." + UUID.randomUUID() + ".filejob-tmp");
        Path named = Files.writeString(folder.resolve(".data.filejob-tmp"), "x");
        Path nested = Files.createDirectory(folder.resolve("." + UUID.randomUUID() + ".filejob-tmp"));
        try {
            assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                    .isZero();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        TemporaryFile.removeAbandoned(OpenFolder.of(folder));
        assertThat(List.of(mine, link, named, nested, pipe))
                .allSatisfy(path -> assertThat(path).exists());
    }

    private List<String> command(Class<?> main) {
        List<String> command = new ArrayList<>(FilejobJvm.command());
        command.addAll(List.of(main.getName(), folder.toString()));
        return command;
    }

    /** The file is held by a suspended process, which stands for one that hangs, and which is then killed. */
    @Test
    void aFileOfAnotherLiveProcessStaysUntilThatIsKilled() throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(command(Writer.class))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            Path path = Path.of(writer.inputReader().readLine());
            TemporaryFile.removeAbandoned(OpenFolder.of(folder));
            assertThat(path).exists();
            writer.destroyForcibly().onExit().join();
            assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(path).exists();
            TemporaryFile.removeAbandoned(OpenFolder.of(folder));
            assertThat(path).doesNotExist();
        } finally {
            writer.destroyForcibly().onExit().join();
        }
    }

    /** A process that holds a file until it is killed. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            try (TemporaryFile file = TemporaryFile.in(OpenFolder.of(Path.of(arguments[0])))) {
                System.out.println(file.path());
                System.out.flush();
                while (System.in.read() >= 0) {
                    // The input never delivers a byte.
                }
            }
        }
    }

    /** Between its creation and its lock, a file looks abandoned to other processes. */
    @Test
    void anotherProcessNeverRemovesAFileThatHasBeenHandedOut() throws IOException {
        Process remover = new ProcessBuilder(command(Remover.class))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(remover.inputReader().readLine()).isEqualTo("removing");
            for (int number = 0; number < FILES; number++) {
                try (TemporaryFile file = TemporaryFile.in(OpenFolder.of(folder))) {
                    file.channel().write(ByteBuffer.wrap(new byte[] {'x'}));
                    file.moveTo(folder.resolve("target"), false);
                }
            }
            assertThat(remover.isAlive()).isTrue();
        } finally {
            remover.destroyForcibly().onExit().join();
        }
    }

    /** Removes abandoned files again and again. */
    static final class Remover {
        public static void main(String[] arguments) {
            System.out.println("removing");
            while (true) {
                TemporaryFile.removeAbandoned(OpenFolder.of(Path.of(arguments[0])));
            }
        }
    }

    @Test
    void writersOfOneProcessDoNotDisturbEachOther() throws IOException, InterruptedException, ExecutionException {
        List<Future<?>> writers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                int number = i;
                writers.add(threads.submit(() -> {
                    for (int n = 0; n < 30; n++) {
                        leftOver();
                        TemporaryFile.removeAbandoned(OpenFolder.of(folder));
                        try (TemporaryFile file = TemporaryFile.in(OpenFolder.of(folder))) {
                            TemporaryFile.removeAbandoned(OpenFolder.of(folder));
                            file.moveTo(folder.resolve("target-" + number), false);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        TemporaryFile.removeAbandoned(OpenFolder.of(folder));
        assertThat(folder.toFile().list()).hasSize(8).allMatch(name -> name.startsWith("target-"));
    }
}
