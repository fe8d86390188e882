package io.filejob.storage.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.plan.Compression;
import io.filejob.plan.InputFile;
import io.filejob.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ZIP archives as input: those with one file are read, others refused. */
final class ZipArchiveTest {
    private static final String MACOS = "__MACOSX/._a.csv";

    @TempDir
    private Path folder;

    private static byte[] text(int lines) {
        StringBuilder all = new StringBuilder();
        Random random = new Random(7);
        for (int i = 0; i < lines; i++) {
            all.append(random.nextInt(100_003)).append(",some text\n");
        }
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns an archive with {@code content} in each of its files, but for those of macOS. */
    private static byte[] archive(byte[] content, int level, boolean isStored, String comment, String... names)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(level);
            zip.setComment(comment);
            for (String name : names) {
                ZipEntry entry = new ZipEntry(name);
                byte[] data = name.endsWith("/") ? new byte[0] : name.equals(MACOS) ? new byte[] {0, 5} : content;
                if (isStored || name.endsWith("/")) {
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(data.length);
                    CRC32 crc = new CRC32();
                    crc.update(data);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(data);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private InputFile listed(byte[] archive) throws IOException {
        Files.write(folder.resolve("a.zip"), archive);
        return new Storage(folder).list(List.of("a.zip")).getFirst();
    }

    private byte[] read(InputFile file) throws IOException {
        try (ByteSource source = new Storage(folder).open(file)) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] buffer = new byte[1000];
            for (int count = source.read(0, buffer, 0, 1000);
                    count >= 0;
                    count = source.read(all.size(), buffer, 0, 1000)) {
                all.write(buffer, 0, count);
            }
            return all.toByteArray();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a.csv, 30000, false",
        "a.csv, 30000, true",
        "a.csv, 0, false",
        "a.csv, 0, true",
        "a.csv, 1, false",
        "data/ data/2020/ data/2020/a.csv, 3000, false",
        "data/ data/a.csv, 3000, true",
        "a.csv __MACOSX/ __MACOSX/._a.csv, 3000, false",
        "a.csv more/, 3000, false"
    })
    void theOnlyFileIsRead(String names, int lines, boolean isStored) throws IOException {
        for (String comment : new String[] {"", "a comment", "PK\u0005\u0006".repeat(40)}) {
            for (int level : new int[] {Deflater.NO_COMPRESSION, Deflater.BEST_SPEED, Deflater.BEST_COMPRESSION}) {
                InputFile file = listed(archive(text(lines), level, isStored, comment, names.split(" ")));
                assertThat(file.compression()).isEqualTo(Compression.ZIP);
                assertThat(file.isSplittable()).isFalse();
                assertThat(read(file)).isEqualTo(text(lines));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.csv b.csv",
                "[Content_Types].xml _rels/.rels xl/workbook.xml",
                "data/",
                "__MACOSX/._a.csv a.csv",
                "__MACOSX/._a.csv"
            })
    void otherArchivesAreNotUnpacked(String names) throws IOException {
        assertThat(listed(archive(text(10), Deflater.BEST_SPEED, false, "", names.split(" ")))
                        .compression())
                .isEqualTo(Compression.NONE);
    }

    @Test
    void aDamagedArchiveIsNeverReadAsAnother() throws IOException {
        byte[] archive = archive(text(300), Deflater.BEST_SPEED, false, "", "a.csv");
        Random random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            byte[] damaged = archive.clone();
            damaged[random.nextInt(archive.length)] ^= (byte) (1 << random.nextInt(8));
            InputFile file = listed(damaged);
            if (file.compression() != Compression.ZIP) {
                refused++;
                continue;
            }
            try {
                assertThat(read(file)).isEqualTo(text(300));
            } catch (JobFailedException e) {
                assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void anArchiveThatIsCutOffIsRefused() throws IOException {
        byte[] archive = archive(text(300), Deflater.BEST_SPEED, false, "", "a.csv");
        for (int length = 4; length < archive.length; length += 101) {
            assertThat(listed(Arrays.copyOf(archive, length)).compression()).isEqualTo(Compression.NONE);
        }
    }

    /** Writes an archive with the ZIP64 fields that files of unknown size have. */
    private static final String LONG_ARCHIVE = """
            import sys, zipfile
            method = zipfile.ZIP_STORED if sys.argv[2] == "stored" else zipfile.ZIP_DEFLATED
            out = sys.stdout.buffer if sys.argv[1] == "-" else sys.argv[1]
            with zipfile.ZipFile(out, "w", method) as archive:
                with archive.open("a.csv", "w", force_zip64=True) as file:
                    file.write(sys.stdin.buffer.read())
            """;

    /** Python writes sizes into the header of a file, but into a descriptor after the content of a stream. */
    private byte[] longArchive(String out, String method, byte[] content) throws IOException, InterruptedException {
        Process python = new ProcessBuilder("python3", "-c", LONG_ARCHIVE, out, method)
                .directory(folder.toFile())
                .redirectInput(Files.write(folder.resolve("content"), content).toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] streamed = python.getInputStream().readAllBytes();
        assertThat(python.waitFor()).isZero();
        return out.equals("-") ? streamed : Files.readAllBytes(folder.resolve(out));
    }

    @ParameterizedTest
    @CsvSource({"b.zip, stored", "b.zip, deflated", "-, deflated"})
    void theOnlyFileOfAnArchiveWithLongSizesIsRead(String out, String method) throws Exception {
        byte[] archive = longArchive(out, method, text(30_000));
        if (!out.equals("-")) {
            // The sizes in the local header are in its extra field.
            assertThat(Arrays.copyOfRange(archive, 18, 26)).containsOnly(0xFF);
        }
        InputFile file = listed(archive);
        assertThat(file.compression()).isEqualTo(Compression.ZIP);
        assertThat(read(file)).isEqualTo(text(30_000));
    }

    @Test
    void aStoredFileWhoseSizeFollowsItIsRefused() throws Exception {
        InputFile file = listed(longArchive("-", "stored", text(300)));
        assertThat(file.compression()).isEqualTo(Compression.ZIP);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("its size is not in its header");
    }

    /** The other file, a hole of 4 GiB, is one that macOS adds; Python writes the directory behind it. */
    @Test
    void theDirectoryOfAnArchiveOfMoreThan4GiBIsFound() throws Exception {
        byte[] content = text(3000);
        Process python = new ProcessBuilder("python3", "-c", """
                import struct, sys, zipfile
                size = 1 << 32
                with zipfile.ZipFile("a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
                    archive.writestr("a.csv", sys.stdin.buffer.read())
                    hole = zipfile.ZipInfo("__MACOSX/._a.csv")
                    hole.file_size, hole.compress_size, hole.CRC = size, size, 0
                    hole.header_offset = archive.fp.tell()
                    archive.fp.write(hole.FileHeader(zip64=True))
                    archive.fp.truncate(archive.fp.tell() + size)
                    archive.fp.seek(0, 2)
                    archive.start_dir = archive.fp.tell()
                    archive.filelist.append(hole)
                    archive._didModify = True
                """)
                .directory(folder.toFile())
                .redirectInput(Files.write(folder.resolve("content"), content).toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(python.waitFor()).isZero();
        InputFile file = new Storage(folder).list(List.of("a.zip")).getFirst();
        assertThat(file.size()).isGreaterThan(1L << 32);
        assertThat(file.compression()).isEqualTo(Compression.ZIP);
        assertThat(read(file)).isEqualTo(content);
    }

    @Test
    void anEncryptedFileIsRefused() throws IOException {
        byte[] archive = archive(text(300), Deflater.BEST_SPEED, false, "", "a.csv");
        archive[6] |= 1;
        InputFile file = listed(archive);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("encrypted");
    }
}
