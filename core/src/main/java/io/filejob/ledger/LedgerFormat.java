package io.filejob.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.filejob.failure.Excerpt;
import io.filejob.security.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Format of a stored ledger: one line with the format's name, the length and the digest of the rest, then JSON. Any
 * truncation or damage is detected.
 */
public final class LedgerFormat {
    private static final String NAME = "filejob-ledger-1";
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    /** Maximum length of a quoted reason, which may contain values of the ledger, in characters. */
    private static final int MAX_REASON = 200;

    private LedgerFormat() {}

    /** Returns the bytes of {@code ledger}. */
    public static byte[] write(Ledger ledger) {
        try {
            // The first pass only measures, so that the text of a large ledger is in memory once.
            Measure measure = new Measure();
            MAPPER.writeValue(measure, ledger);
            byte[] head = (NAME + " " + measure.length + " " + measure.digest.text() + "\n")
                    .getBytes(StandardCharsets.US_ASCII);
            SizedBytes content = new SizedBytes(Math.addExact(head.length, measure.length));
            content.write(head);
            MAPPER.writeValue(content, ledger);
            return content.bytes();
        } catch (IOException e) {
            throw new IllegalStateException("a ledger cannot be written", e);
        }
    }

    /** Parses a ledger; throws {@link IOException} with the reason if {@code bytes} are not valid. */
    public static Ledger read(byte[] bytes) throws IOException {
        int newline = 0;
        while (newline < bytes.length && newline < 200 && bytes[newline] != '\n') {
            newline++;
        }
        String[] head = new String(bytes, 0, newline, StandardCharsets.US_ASCII).split(" ", -1);
        if (!head[0].equals(NAME)) {
            throw new DamagedLedgerException(bytes.length == 0 ? "it is empty" : "it is not a ledger of this version");
        }
        int begin = Math.min(newline + 1, bytes.length);
        int length = bytes.length - begin;
        if (head.length != 3 || !head[1].equals(Integer.toString(length))) {
            throw new DamagedLedgerException("truncated: the length does not match the header");
        }
        if (!head[2].equals(new Sha256().update(bytes, begin, length).text())) {
            throw new DamagedLedgerException("damaged: the digest does not match the header");
        }
        try {
            Ledger ledger = MAPPER.readValue(bytes, begin, length, Ledger.class);
            if (ledger == null) {
                throw new DamagedLedgerException("it is damaged: no ledger");
            }
            return ledger;
        } catch (JsonProcessingException e) {
            throw new DamagedLedgerException("it is damaged: " + Excerpt.of(e.getOriginalMessage(), MAX_REASON), e);
        }
    }

    /** Counts and digests bytes. */
    private static final class Measure extends OutputStream {
        private final Sha256 digest = new Sha256();
        private int length;

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            digest.update(bytes, from, count);
            length = Math.addExact(length, count);
        }
    }

    /** Content of a known size. */
    private static final class SizedBytes extends ByteArrayOutputStream {
        SizedBytes(int size) {
            super(size);
        }

        /** Returns the content without a copy, once it is complete. */
        byte[] bytes() {
            return buf;
        }
    }
}
