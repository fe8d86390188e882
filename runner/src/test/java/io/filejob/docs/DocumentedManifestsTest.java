package io.filejob.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.docs.MarkdownPage.Block;
import io.filejob.manifest.ManifestReader;
import io.filejob.validation.InvalidManifestException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DocumentedManifestsTest {
    /** Begins a block of chart values, which {@code scripts/check-chart} checks. */
    private static final String VALUES = "# my-values.yaml\n";

    @Test
    void everyManifestIsValid() throws InvalidManifestException {
        List<Block> manifests = MarkdownPage.forUsers().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block ->
                        block.language().equals("yaml") && !block.content().startsWith(VALUES))
                .toList();

        assertThat(manifests).hasSizeGreaterThan(2);
        for (Block manifest : manifests) {
            assertThat(ManifestReader.read(manifest.content()).spec()).isNotNull();
        }
    }
}
