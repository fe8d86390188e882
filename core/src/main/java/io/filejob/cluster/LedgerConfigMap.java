package io.filejob.cluster;

import io.filejob.failure.FailureReason;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.BoundedGzip;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.LedgerFormat;
import io.filejob.ledger.SliceResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.BitSet;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;

/** Encodes a ledger as the value of {@link ClusterNames#LEDGER_KEY} in a ConfigMap: gzip of {@link LedgerFormat}. */
public final class LedgerConfigMap {
    /** Maximum size of a packed ledger in bytes; a ConfigMap is limited to 1 MiB, including base64. */
    public static final int LIMIT = 512 * 1024;

    /** Maximum size of an unpacked ledger in bytes. Writers keep to it, and readers refuse more. */
    public static final int MAX_UNPACKED = 8 * 1024 * 1024;

    private LedgerConfigMap() {}

    /** Returns the packed bytes of {@code ledger}; throws {@link JobFailedException} if it is too large. */
    public static byte[] encode(Ledger ledger) {
        byte[] bytes = LedgerFormat.write(ledger);
        if (bytes.length > MAX_UNPACKED) {
            throw tooLarge(ledger, bytes.length, MAX_UNPACKED);
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be written to", e);
        }
        if (packed.size() > LIMIT) {
            throw tooLarge(ledger, packed.size(), LIMIT);
        }
        return packed.toByteArray();
    }

    /** Unpacks and parses a ledger; throws {@link IOException} with the reason if it is not valid. */
    public static Ledger decode(byte[] gzip) throws IOException {
        return parse(BoundedGzip.unpack(gzip, MAX_UNPACKED).orElseThrow(LedgerConfigMap::bomb));
    }

    /** Parses an unpacked ledger; throws {@link IOException} with the reason if it is not valid. */
    public static Ledger parse(byte[] unpacked) throws IOException {
        return LedgerFormat.read(unpacked);
    }

    /** Returns the exception for gzip that unpacks to more than {@link #MAX_UNPACKED}. */
    public static IOException bomb() {
        return new IOException("it unpacks to more than " + MAX_UNPACKED + " bytes");
    }

    /** Returns the finished slices: those with a result other than a certain failure. */
    public static BitSet done(Ledger ledger) {
        BitSet done = new BitSet();
        for (SliceResult result : ledger.results()) {
            if (!isCertainFailure(result)) {
                done.set(result.slice());
            }
        }
        return done;
    }

    /** Returns the first slice with a certain failure. */
    public static OptionalInt failed(Ledger ledger) {
        return ledger.results().stream()
                .filter(LedgerConfigMap::isCertainFailure)
                .mapToInt(SliceResult::slice)
                .min();
    }

    private static boolean isCertainFailure(SliceResult result) {
        return result.failure() != null && result.certain();
    }

    /** Returns the failure for a ledger of {@code size} bytes, which do not fit into a ConfigMap. */
    public static JobFailedException tooLarge(Ledger ledger, int size) {
        return tooLarge(ledger, size, LIMIT);
    }

    private static JobFailedException tooLarge(Ledger ledger, int size, int limit) {
        return new JobFailedException(
                FailureReason.PARTIAL_TOO_LARGE,
                String.format(
                        Locale.ROOT,
                        "the %,d slice results of worker %d take %,d bytes, more than the %,d that a"
                                + " ConfigMap holds: use fewer slices (a larger spec.input.sliceBytes or filesPerSlice)"
                                + " or more workers",
                        ledger.results().size(),
                        ledger.worker(),
                        size,
                        limit));
    }
}
