package io.filejob.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.filejob.job.Ledger;
import io.filejob.security.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Format of a stored ledger: one line with the format's name, the length and the digest of the rest, then JSON. Any
 * truncation or damage is detected.
 */
final class LedgerFormat {
    private static final String NAME = "filejob-ledger-1";
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private LedgerFormat() {}

    static byte[] write(Ledger ledger) {
        try {
            byte[] body = MAPPER.writeValueAsBytes(ledger);
            byte[] head = (NAME + " " + body.length + " " + Sha256.of(body) + "\n").getBytes(StandardCharsets.US_ASCII);
            byte[] all = Arrays.copyOf(head, head.length + body.length);
            System.arraycopy(body, 0, all, head.length, body.length);
            return all;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a ledger cannot be written", e);
        }
    }

    /** Parses a ledger; throws {@link IOException} with the reason if {@code bytes} are not valid. */
    static Ledger read(byte[] bytes) throws IOException {
        int newline = 0;
        while (newline < bytes.length && newline < 200 && bytes[newline] != '\n') {
            newline++;
        }
        String[] head = new String(bytes, 0, newline, StandardCharsets.US_ASCII).split(" ", -1);
        if (!head[0].equals(NAME)) {
            throw new DamagedLedgerException(bytes.length == 0 ? "it is empty" : "it is no ledger of this version");
        }
        byte[] body = Arrays.copyOfRange(bytes, Math.min(newline + 1, bytes.length), bytes.length);
        if (head.length != 3 || !head[1].equals(Integer.toString(body.length))) {
            throw new DamagedLedgerException("it is torn: its length is not what it says");
        }
        if (!head[2].equals(Sha256.of(body))) {
            throw new DamagedLedgerException("it is damaged: its digest is not what it says");
        }
        try {
            return MAPPER.readValue(body, Ledger.class);
        } catch (JsonProcessingException e) {
            throw new DamagedLedgerException("it is damaged: " + e.getOriginalMessage(), e);
        }
    }
}
