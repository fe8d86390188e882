package io.filejob.cluster;

import io.filejob.ledger.BoundedGzip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Encodes the collapsed stacks of a worker as the value of {@link ClusterNames#STACKS_KEY} in a ConfigMap: gzip of text. */
public final class StacksConfigMap {
    /** Maximum length of the text in characters; workers keep the stacks with the most samples. */
    public static final int LIMIT = 512 * 1024;

    private StacksConfigMap() {}

    /** Returns the packed text. */
    public static byte[] encode(String stacks) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(stacks.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be written to", e);
        }
        return packed.toByteArray();
    }

    /** Unpacks the text; throws {@link IOException} if it is damaged or larger than a worker writes. */
    public static String decode(byte[] gzip) throws IOException {
        byte[] text = BoundedGzip.unpack(gzip, 4 * LIMIT)
                .orElseThrow(() -> new IOException("it unpacks to more than " + 4 * LIMIT + " bytes"));
        return new String(text, StandardCharsets.UTF_8);
    }
}
