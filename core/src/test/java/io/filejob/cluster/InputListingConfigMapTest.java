package io.filejob.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.plan.Compression;
import io.filejob.plan.InputFile;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InputListingConfigMapTest {
    @Test
    void listingKeepsEachPropertyOfAFile() throws Exception {
        InputFile plain = new InputFile("/in/a.csv", 12, "7");
        InputFile page = new InputFile("https://example.com/a.gz?x=1", 1, "", false);
        List<InputFile> files = List.of(
                plain,
                page,
                new InputFile("/in/b.gz", 3, "8"),
                plain.compressed(Compression.GZIP),
                page.compressed(Compression.NONE),
                page.compressed(Compression.ZSTD));

        byte[] packed = InputListingConfigMap.encode(files);

        assertThat(InputListingConfigMap.decode("f", null, packed).files()).isEqualTo(files);
    }
}
