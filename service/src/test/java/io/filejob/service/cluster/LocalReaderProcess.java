package io.filejob.service.cluster;

import io.filejob.cluster.PodEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A command as it runs in a pod, as a process of this machine; the claim is a folder. */
record LocalReaderProcess(Process process, Path errors) implements ReaderProcess {
    /** Returns a starter of processes that see {@code claim} instead of the folder {@code mountPath} of the pod. */
    static Starter starter(Path claim, String mountPath, Path scratch) {
        return (_, _, command) -> {
            List<String> local = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.filejob.cli.Main"));
            local.addAll(command.subList(PodEnvironment.COMMAND.size(), command.size()));
            local.replaceAll(argument -> argument.equals(mountPath) ? claim.toString() : argument);
            local.addAll(local.indexOf("--volume"), List.of("--scratch", scratch.toString()));
            try {
                Path errors = Files.createTempFile(scratch, "errors", null);
                return new LocalReaderProcess(
                        new ProcessBuilder(local).redirectError(errors.toFile()).start(), errors);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    @Override
    public InputStream output() {
        return process.getInputStream();
    }

    @Override
    public String error() {
        try {
            process.waitFor();
            return Files.readString(errors);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.getInputStream().close();
            process.waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
