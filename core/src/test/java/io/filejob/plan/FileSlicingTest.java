package io.filejob.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public final class FileSlicingTest {
    /**
     * <pre>
     * file     0 (5 bytes)  1 (0)  2 (3)
     * slice    0---1---|--      2|---
     *          0123|4    |    012
     * </pre>
     */
    @Test
    void aSliceMayHoldPartsOfSeveralFiles() {
        FileSlicing slicing = slicing(4, 5, 0, 3);
        assertThat(slicing.slices()).isEqualTo(2);
        assertThat(slicing.parts(0, OptionalLong.empty()))
                .containsExactly(new FileSlicing.Part(0, 0, 4, OptionalLong.empty()));
        assertThat(slicing.parts(1, OptionalLong.empty()))
                .containsExactly(
                        new FileSlicing.Part(0, 4, 5, OptionalLong.empty()),
                        new FileSlicing.Part(2, 0, 3, OptionalLong.empty()));
    }

    @Test
    void aKnownStartIsThatOfTheFirstPart() {
        assertThat(slicing(4, 5, 0, 3).parts(1, OptionalLong.of(5)))
                .containsExactly(
                        new FileSlicing.Part(0, 4, 5, OptionalLong.of(5)),
                        new FileSlicing.Part(2, 0, 3, OptionalLong.empty()));
    }

    @Test
    void noInputHasNoSlices() {
        assertThat(slicing(4).slices()).isZero();
        assertThat(slicing(4, 0, 0).slices()).isZero();
    }

    @Test
    void theSlicesCoverEveryByteOnceInOrder() {
        for (long seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long[] sizes = random.longs(random.nextInt(1, 6), 0, 20).toArray();
            FileSlicing slicing = slicing(random.nextInt(1, 30), sizes);
            List<String> expected = new ArrayList<>();
            for (int file = 0; file < sizes.length; file++) {
                for (long at = 0; at < sizes[file]; at++) {
                    expected.add(file + ":" + at);
                }
            }
            List<String> covered = new ArrayList<>();
            for (int slice = 0; slice < slicing.slices(); slice++) {
                for (FileSlicing.Part part : slicing.parts(slice, OptionalLong.empty())) {
                    for (long at = part.from(); at < part.to(); at++) {
                        covered.add(part.file() + ":" + at);
                    }
                }
            }
            assertThat(covered).as("seed %d", seed).isEqualTo(expected);
        }
    }

    /** A slice that begins within a packed file owns at most records after that file. */
    @Test
    void aFileThatIsNotSplittableIsOwnedByTheSliceOfItsFirstByte() {
        InputFile plain = new InputFile("/a.csv", 5, "0");
        InputFile packed = new InputFile("/b.csv.gz", 20, "0");
        InputFile last = new InputFile("/c.csv", 5, "0");
        FileSlicing slicing = new FileSlicing(List.of(plain, packed, last), 10);
        FileSlicing.Part all = new FileSlicing.Part(1, 0, Long.MAX_VALUE, OptionalLong.of(0));
        assertThat(slicing.parts(0, OptionalLong.empty()))
                .containsExactly(new FileSlicing.Part(0, 0, 5, OptionalLong.empty()), all);
        assertThat(slicing.parts(1, OptionalLong.empty())).isEmpty();
        assertThat(slicing.parts(2, OptionalLong.empty()))
                .containsExactly(new FileSlicing.Part(2, 0, 5, OptionalLong.empty()));
        assertThat(IntStream.range(0, 3).mapToLong(slicing::firstOwned)).containsExactly(0L, 25L, 25L);
        assertThat(slicing.position(1, 0)).isEqualTo(5);
        assertThat(slicing.position(1, 12_345)).isEqualTo(25);
        assertThat(slicing.position(2, 3)).isEqualTo(28);
    }

    @Test
    void aPageWithoutRangesIsNotSplittable() {
        assertThat(new InputFile("https://host/a.csv", 5, "0", false).isSplittable())
                .isFalse();
        assertThat(new InputFile("https://host/a.csv", 5, "0").isSplittable()).isTrue();
        assertThat(new InputFile("https://host/a.csv.gz?key=1", 5, "0").isSplittable())
                .isFalse();
        assertThat(new InputFile("/a.csv?key=1.zst", 5, "0").isSplittable()).isFalse();
    }

    public static FileSlicing slicing(long sliceBytes, long... sizes) {
        List<InputFile> files = new ArrayList<>();
        for (long size : sizes) {
            files.add(new InputFile("/file-" + files.size(), size, "0"));
        }
        return new FileSlicing(files, sliceBytes);
    }
}
