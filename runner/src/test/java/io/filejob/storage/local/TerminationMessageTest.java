package io.filejob.storage.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.cluster.TerminationMessage;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TerminationMessageTest {
    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void file() {
        file = folder.resolve("termination-log");
    }

    @Test
    void namesTheSliceInFlight() throws IOException {
        try (InFlightFile words = new InFlightFile(file)) {
            assertNothing(Files.readString(file));
            words.begin(99_999);
            words.begin(17);
            assertThat(TerminationMessage.parse(Files.readString(file)).slice()).hasValue(17);
            assertThat(InFlightFile.read(file)).hasValue(17);
        }
        assertThat(InFlightFile.read(file)).as("an error may be on its way").hasValue(17);
    }

    @Test
    void namesTheItemInFlight() throws IOException {
        try (InFlightFile words = new InFlightFile(file)) {
            words.begin(17);
            assertThat(InFlightFile.message(file).item()).isEmpty();
            words.beginItem(104);
            words.beginItem(3);
            assertThat(InFlightFile.message(file).slice()).hasValue(17);
            assertThat(InFlightFile.message(file).item()).hasValue(3);
            InFlightFile.checkContent(file);
            words.endItem();
            assertThat(InFlightFile.message(file).slice()).hasValue(17);
            assertThat(InFlightFile.message(file).item()).isEmpty();
            words.beginItem(4);
            words.begin(18);
            assertThat(InFlightFile.message(file).slice()).hasValue(18);
            assertThat(InFlightFile.message(file).item()).isEmpty();
            words.silence();
            words.beginItem(5);
        }
        assertThat(file).isEmptyFile();
    }

    @Test
    void keepsTheFailure() throws IOException {
        JobFailedException failure =
                new JobFailedException(ExitCode.BAD_INPUT, "/data/ä.csv:4: not a number\nand more");
        try (InFlightFile words = new InFlightFile(file)) {
            words.begin(17);
            words.fail(failure);
        }
        TerminationMessage parsed = TerminationMessage.parse(Files.readString(file));
        assertThat(parsed.slice()).isEmpty();
        assertThat(parsed.failure()).hasValueSatisfying(kept -> {
            assertThat(kept.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(kept).hasMessage(failure.getMessage());
        });
    }

    @Test
    void aFailureIsCutBetweenCharacters() {
        for (int padding = 0; padding < 4; padding++) {
            String message = "x".repeat(padding) + "🙂".repeat(3000);
            byte[] bytes = TerminationMessage.bytes(new JobFailedException(ExitCode.NO_INPUT, message));
            assertThat(bytes.length).isBetween(TerminationMessage.LIMIT - 4, TerminationMessage.LIMIT);
            String text = new String(bytes, StandardCharsets.UTF_8);
            assertThat(text).doesNotContain("\uFFFD").endsWith("🙂…");
            assertThat(TerminationMessage.parse(text).failure()).hasValueSatisfying(kept -> assertThat(message)
                    .startsWith(Objects.requireNonNull(kept.getMessage()).replace("…", "")));
        }
    }

    @Test
    void whoIsToldToEndSaysNothingWhateverStillHappens() throws IOException {
        try (InFlightFile words = new InFlightFile(file)) {
            words.begin(17);
            words.silence();
            words.begin(18);
            words.fail(new JobFailedException(ExitCode.STORE_LOST, "too late"));
        }
        assertThat(file).isEmptyFile();
    }

    /** Kubernetes does not read a file that replaces it. */
    @Test
    void theFileIsWrittenInPlace() throws IOException {
        Files.writeString(file, "what an earlier container left");
        Object before = Files.getAttribute(file, "unix:ino");
        try (InFlightFile words = new InFlightFile(file)) {
            words.begin(1);
            words.fail(new JobFailedException(ExitCode.STORE_LOST, "lost"));
        }
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
        assertThat(file).hasContent("failed (74): lost");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "  \n",
                "none",
                "filejob: worker 0 of 1",
                "99999999999",
                "-1",
                "17 -1",
                "17 3 4",
                "17 9999999999",
                "failed",
                "failed (): x",
                "failed (65): ",
                "filejob: internal error, please report it:\njava.lang.IllegalStateException: 17"
            })
    void anythingElseMeansNothing(@Nullable String message) {
        assertNothing(message);
    }

    private static void assertNothing(@Nullable String message) {
        TerminationMessage words = TerminationMessage.parse(message);
        assertThat(words.slice()).isEmpty();
        assertThat(words.item()).isEmpty();
        assertThat(words.failure()).isEmpty();
    }
}
