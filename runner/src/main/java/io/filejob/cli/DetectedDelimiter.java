package io.filejob.cli;

import io.filejob.csv.ByteSource;
import io.filejob.csv.DelimiterGuess;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.log.EventLog;
import io.filejob.oneline.DelimiterName;
import io.filejob.plan.InputFile;
import io.filejob.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The delimiter of the first input file with a text, for {@code --delimiter auto}. It becomes a part of the manifest. */
final class DetectedDelimiter {
    private static final int LENGTH = 1 << 16;
    private static final String MARK = "\u00EF\u00BB\u00BF";

    private DetectedDelimiter() {}

    /** Returns the delimiter of {@code entries}, relative to {@code base}, and tells it to {@code log}. */
    static String of(List<String> entries, Path base, EventLog log) {
        if (entries.contains(StandardStreams.NAME)) {
            throw new JobFailedException(
                    ExitCode.USAGE, "--delimiter auto: standard input is read only once; name the delimiter");
        }
        try (Storage storage = new Storage(base)) {
            for (InputFile file : storage.list(entries)) {
                String text = beginning(storage, file);
                if (!text.isBlank()) {
                    String found = DelimiterGuess.of(text, text.length() < LENGTH - MARK.length())
                            .map(String::valueOf)
                            .orElseThrow(() -> new JobFailedException(
                                    ExitCode.BAD_INPUT,
                                    "--delimiter auto: " + file.name()
                                            + ": neither commas nor semicolons, tabs and | divide"
                                            + " its first records into the same number of fields; name the delimiter"));
                    log.info("--delimiter auto: " + file.name() + " is separated by " + DelimiterName.describe(found));
                    return found;
                }
            }
        }
        return ",";
    }

    /** Returns the first bytes, one character each, since delimiters are ASCII characters. */
    private static String beginning(Storage storage, InputFile file) {
        try (ByteSource source = storage.open(file)) {
            byte[] bytes = new byte[LENGTH];
            int length = 0;
            while (length < LENGTH && length != source.size()) {
                int count = source.read(length, bytes, length, LENGTH - length);
                if (count < 0) {
                    break;
                }
                length += count;
            }
            String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.NO_INPUT, "input " + file.name() + " cannot be read: " + IoReason.of(e), e);
        }
    }
}
