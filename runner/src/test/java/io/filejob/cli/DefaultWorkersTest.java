package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A local run uses all cores unless the manifest or an option has the number of workers. */
final class DefaultWorkersTest {
    @TempDir
    private Path folder;

    private int workers(String field, String... options) throws IOException {
        Files.writeString(folder.resolve("plays.csv"), "Song,Plays\na,1\n");
        Path manifest = folder.resolve("job.yaml");
        Files.writeString(manifest, """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: plays}
                spec:
                  memory: 16Mi
                  input: {files: [plays.csv]}
                  operation: {average: {column: Plays}}
                """ + field);
        String[] arguments = new String[options.length + 5];
        System.arraycopy(new String[] {"run", "-q", "-o", "json", manifest.toString()}, 0, arguments, 0, 5);
        System.arraycopy(options, 0, arguments, 5, options.length);
        End end = End.of(arguments);
        assertThat(end.status()).as(end.err()).isZero();
        return end.json().at("/spec/workers").asInt();
    }

    @Test
    void allCoresAreUsedUnlessTheNumberIsSet() throws IOException {
        int cores = Runtime.getRuntime().availableProcessors();
        assertThat(workers("")).isEqualTo(cores);
        assertThat(workers("", "--processes")).isEqualTo(cores);
        assertThat(workers("  workers: 1\n")).isEqualTo(1);
        assertThat(workers("  workers: " + (cores + 1) + "\n")).isEqualTo(cores + 1);
        assertThat(workers("", "--set", "spec.workers=1")).isEqualTo(1);
        assertThat(workers("", "--workers", "" + (cores + 2))).isEqualTo(cores + 2);
    }
}
