package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class SchemaCommandTest {
    @Test
    void printsThePublishedSchema() throws IOException {
        End end = End.of("schema");
        assertThat(end.status()).isZero();
        assertThat(end.out()).isEqualTo(Files.readString(Path.of("../crds/filejob.schema.json")));
        assertThat(end.err()).isEmpty();
    }
}
