package io.filejob.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Estimates of memory are not exceeded, and not so high that few images fit a worker. */
final class MemoryEstimateTest {
    private static final double MAX_RATIO = 5;
    /** Bytes that small buffers may add to an image of any size. */
    private static final long BASE = 24L << 20;

    @Test
    @EnabledOnOs(OS.LINUX)
    void estimatesBoundTheMeasuredMemory() throws Exception {
        List<String> lines = measured();
        assertThat(lines).hasSizeGreaterThan(20);
        for (String line : lines) {
            String[] fields = line.split(",", -1);
            long estimate = Long.parseLong(fields[1]);
            long used = Long.parseLong(fields[2]);
            assertThat(used).as(line).isLessThanOrEqualTo(estimate);
            assertThat((double) estimate).as(line).isLessThanOrEqualTo(BASE + MAX_RATIO * Math.max(0, used));
        }
    }

    private static List<String> measured() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xms256m",
                        "-Xmx256m",
                        "-XX:+AlwaysPreTouch",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MeasuredCompressions.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        builder.environment().put("MALLOC_MMAP_THRESHOLD_", "65536");
        builder.environment().put(LibvipsFile.VARIABLE, SampleImages.library());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output.lines().toList();
    }
}
