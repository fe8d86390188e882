package io.filejob.service.upload;

import io.filejob.security.Sha256;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Digests of incomplete uploads, so that the bytes of one need not be read again at its end. Those of the uploads that were
 * written last are kept. Thread-safe.
 */
final class RunningDigests {
    private static final int MAX_KEPT = 1000;

    private final Map<String, Running> kept = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Running> eldest) {
            return size() > MAX_KEPT;
        }
    };

    /**
     * A digest of the beginning of an upload.
     *
     * @param bytes the number of bytes
     * @param version the version of what is stored
     * @param digest their digest
     */
    private record Running(long bytes, String version, Sha256 digest) {}

    /**
     * Returns the digest of the first {@code bytes} bytes of an upload; null if they have to be read again, since another
     * version of them is stored than when the digest was kept.
     */
    synchronized @Nullable Sha256 take(String id, long bytes, String version) {
        Running found = kept.remove(id);
        if (found != null && found.bytes() == bytes && found.version().equals(version)) {
            return found.digest();
        }
        return bytes == 0 ? new Sha256() : null;
    }

    synchronized void keep(String id, long bytes, String version, Sha256 digest) {
        kept.put(id, new Running(bytes, version, digest));
    }

    synchronized void forget(String id) {
        kept.remove(id);
    }
}
