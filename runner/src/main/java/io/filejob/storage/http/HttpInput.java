package io.filejob.storage.http;

import io.filejob.csv.ByteSource;
import io.filejob.failure.ExitCode;
import io.filejob.failure.FailureReason;
import io.filejob.failure.JobFailedException;
import io.filejob.plan.InputFile;
import io.filejob.storage.remote.ReadAheadSource;
import io.filejob.storage.remote.RemoteRetries;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Inputs at {@code http:} and {@code https:} URIs. If the server supports ranges, they are read like any other file,
 * otherwise from beginning to end by one slice. Requests are retried after a server error or a broken connection.
 */
public final class HttpInput {
    /** HTTP status for a range beyond the end of a page. */
    static final int RANGE_NOT_SATISFIABLE = 416;

    private HttpInput() {}

    /** Returns the current state of the page, determined by a request for its first byte. */
    public static InputFile pin(String uri, WebClient client) {
        return RemoteRetries.run("input " + uri + " cannot be read", () -> {
            try (HttpResponse answer = HttpResponse.get(client, uri, Map.of("Range", "bytes=0-0"))) {
                String range = answer.header("Content-Range");
                String total = range == null
                        ? "*"
                        : range.substring(range.indexOf('/') + 1).strip();
                if (answer.status() == HttpURLConnection.HTTP_PARTIAL) {
                    if (range == null || !range.strip().matches("bytes 0-0/[0-9]{1,18}")) {
                        throw unusable(uri, "sent another range than its first byte: " + range);
                    }
                    answer.fill(new byte[1], 1);
                    return new InputFile(uri, Long.parseLong(total), version(answer));
                }
                if (answer.status() == RANGE_NOT_SATISFIABLE) {
                    if (!total.equals("*") && !total.equals("0")) {
                        throw unusable(uri, "refuses the first byte of " + total);
                    }
                    return new InputFile(uri, 0, version(answer));
                }
                // A page of unknown length counts as one byte in the sequence of all input bytes that is cut into
                // slices.
                long size = answer.status() == HttpURLConnection.HTTP_OK ? answer.length() : -1;
                return new InputFile(uri, size < 0 ? 1 : size, version(answer), false);
            }
        });
    }

    private static JobFailedException unusable(String uri, String how) {
        return new JobFailedException(
                ExitCode.NO_INPUT,
                "input " + uri + " cannot be read: its server " + how + "; download the file instead");
    }

    /** Returns the validator that changes with the content, or an empty string if the server sends none. */
    private static String version(HttpResponse answer) {
        String tag = answer.header("ETag");
        String modified = answer.header("Last-Modified");
        return tag != null ? tag : modified != null ? modified : "";
    }

    /** Opens the content of {@code pinned}. */
    public static ByteSource open(InputFile pinned, WebClient client) {
        return pinned.ranged()
                ? new ReadAheadSource(pinned, (from, bytes, length) -> get(client, pinned, from, bytes, length))
                : new HttpPageSource(pinned, client);
    }

    private static void get(WebClient client, InputFile pinned, long from, byte[] bytes, int length) {
        Map<String, String> headers = new TreeMap<>(Map.of("Range", "bytes=" + from + "-" + (from + length - 1)));
        String version = pinned.version();
        if (!version.isEmpty() && !version.startsWith("W/")) {
            // If the version differs, the server sends the whole page, which is refused below.
            headers.put("If-Range", version);
        }
        RemoteRetries.run("input " + pinned.name() + " cannot be read", () -> {
            try (HttpResponse answer = HttpResponse.get(client, pinned.name(), headers)) {
                checkUnchanged(pinned, answer);
                if (answer.status() != HttpURLConnection.HTTP_PARTIAL) {
                    throw changed(pinned, "its server no longer supports ranges");
                }
                checkRange(pinned, answer.header("Content-Range"), from);
                answer.fill(bytes, length);
                return length;
            }
        });
    }

    private static void checkRange(InputFile pinned, @Nullable String range, long from) throws IOException {
        if (range == null || !range.strip().matches("bytes " + from + "-[0-9]{1,18}/[0-9]{1,18}")) {
            throw new IOException("the server sent another range than that from " + from + ": " + range);
        }
        if (!range.strip().endsWith("/" + pinned.size())) {
            throw changed(
                    pinned, "it had " + pinned.size() + " bytes when the job was planned, and the range is " + range);
        }
    }

    /** Throws {@link JobFailedException} if {@code answer} has another validator than the pinned one; an absent one is "". */
    static void checkUnchanged(InputFile pinned, HttpResponse answer) {
        boolean refused =
                answer.status() == HttpURLConnection.HTTP_PRECON_FAILED || answer.status() == RANGE_NOT_SATISFIABLE;
        if (refused || !version(answer).equals(pinned.version())) {
            throw changed(pinned, "changed since the job was planned");
        }
    }

    /**
     * Throws {@link JobFailedException} if the length of a page differs from the pinned length; -1 means that it is unknown.
     */
    static void checkLength(InputFile pinned, long length) {
        // A pinned length of 1 may stand for an unknown length.
        if (length >= 0 && pinned.size() != 1 && length != pinned.size()) {
            throw changed(
                    pinned, "it had " + pinned.size() + " bytes when the job was planned, and has " + length + " now");
        }
    }

    static JobFailedException changed(InputFile pinned, String how) {
        return new JobFailedException(
                FailureReason.INPUT_CHANGED,
                "" + pinned.name() + ": " + how + ": run the job again when it is no longer being written");
    }
}
