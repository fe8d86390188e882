package io.filejob.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.Folder;
import io.filejob.file.PendingFile;
import io.filejob.plan.InputFile;
import io.filejob.storage.ShortWaits;
import io.filejob.storage.Storage;
import io.filejob.storage.compression.SourceStream;
import io.filejob.testing.fuzz.FuzzRun;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Objects are read as they are and written completely, or refused by name, for any response of their service. */
@Timeout(900)
final class S3FuzzTest {
    private static final Duration ATTEMPT = Duration.ofMillis(200);
    private static final String[] KEYS = {
        "in/a", "in/b c", "in/%41", "in/d+e", "in/\u00e9", "in/#f", "in/\u0001g", "in/*", "in/&amp;", "in/\ud83d\ude00"
    };

    @TempDir
    private Path folder;

    private Path credentials = Path.of("");

    @BeforeEach
    void writeCredentials() throws Exception {
        credentials = Files.writeString(folder.resolve("s3.env"), "AWS_ACCESS_KEY_ID=a\nAWS_SECRET_ACCESS_KEY=b\n");
    }

    @Test
    void responses() throws Exception {
        FuzzRun.repeat("s3", random -> {
            if (random.nextBoolean()) {
                read(random);
            } else {
                write(random);
            }
        });
    }

    private void read(SplittableRandom random) throws Exception {
        TreeMap<String, byte[]> objects = new TreeMap<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            String content = "price\n".concat("12345\n".repeat(random.nextInt(10) == 0 ? 50_000 : random.nextInt(50)));
            objects.put(RandomBytes.pick(random, KEYS), (content + i + "\n").getBytes(US_ASCII));
        }
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        objects.values().forEach(expected::writeBytes);
        try (HostileBucket bucket = new HostileBucket(objects, 4, random.split());
                Storage storage = ShortWaits.storage(bucket.endpoint(), credentials, ATTEMPT)) {
            try {
                List<InputFile> files =
                        storage.list(List.of(RandomBytes.pick(random, "s3://bucket/in/", "s3://bucket/in/**")));
                ByteArrayOutputStream read = new ByteArrayOutputStream();
                for (InputFile file : files) {
                    try (ByteSource source = storage.open(file)) {
                        source.expect(0, Long.MAX_VALUE);
                        read.writeBytes(new SourceStream(source).readAllBytes());
                    }
                }
                assertThat(read.toByteArray()).isEqualTo(expected.toByteArray());
            } catch (JobFailedException e) {
                assertRefused(e, ExitCode.NO_INPUT);
            }
        }
    }

    private void write(SplittableRandom random) throws Exception {
        byte[] content = new byte[random.nextBoolean() ? random.nextInt(1000) : 70_000];
        Map<String, byte[]> objects = Map.of("out/old", content, "out/deeper/old", content, "outside", content);
        try (HostileBucket bucket = new HostileBucket(objects, 3, random.split());
                Storage storage = ShortWaits.storage(bucket.endpoint(), credentials, ATTEMPT)) {
            Folder store = storage.folder("s3://bucket/out/");
            try {
                try (PendingFile file = store.create("name", "writer")) {
                    file.write(content, 0, content.length);
                    file.finish();
                    file.commit();
                }
                assertThat(bucket.uploaded()).contains("out/name");
                assertThat(store.list()).extracting(Folder.Entry::name).containsExactly("old");
                // A file that is cut off looks whole; its reader checks its digest.
                store.find("old").ifPresent(found -> assertThat(Arrays.copyOf(content, found.length))
                        .isEqualTo(found));
                store.clear();
            } catch (JobFailedException e) {
                assertRefused(e, ExitCode.STORE_LOST);
            }
        }
    }

    private static void assertRefused(JobFailedException e, ExitCode location) {
        assertThat(e.exitCode())
                .as(e.toString())
                .isIn(
                        location,
                        ExitCode.BAD_INPUT,
                        ExitCode.UNAVAILABLE,
                        ExitCode.CREDENTIALS_REFUSED,
                        ExitCode.BAD_MANIFEST);
        assertThat(e).hasMessageContaining("s3://bucket/");
        assertThat(e.getMessage()).hasSizeLessThan(1000);
    }
}
