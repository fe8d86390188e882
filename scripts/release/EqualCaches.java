import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes start-up caches of the JVM reproducible: {@code java EqualCaches.java ONE OTHER RESULT}.
 *
 * <p>Two caches of the same classes differ only in the times, in milliseconds since the start of the machine, at which
 * soft references in the archived heap were used last, and in the checksums of the header. The result is the first
 * cache with zeros there: the JVM sets the times anew at each use, and compares the checksums only when it is asked to
 * (-XX:+VerifySharedSpaces). Fails if the caches differ in anything else.
 */
final class EqualCaches {
    /** The checksums are before this offset, which is that of the first region. */
    private static final int HEADER = 4096;

    private EqualCaches() {}

    public static void main(String[] arguments) throws IOException {
        ByteBuffer one = read(arguments[0]);
        ByteBuffer other = read(arguments[1]);
        if (one.limit() != other.limit()) {
            throw new IllegalArgumentException("lengths: " + one.limit() + ", " + other.limit());
        }
        long uptime = Math.round(Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0]) * 1000);
        for (int at = 0; at < one.limit(); at += Integer.BYTES) {
            if (one.getInt(at) == other.getInt(at)) {
                continue;
            }
            if (at >= HEADER && !(isTime(one, at, uptime) && isTime(other, at, uptime))) {
                throw new IllegalArgumentException("offset %#x: %#x, %#x".formatted(at, one.getInt(at), other.getInt(at)));
            }
            one.putInt(at, 0);
        }
        Files.write(Path.of(arguments[2]), one.array());
    }

    /** Whether a 64-bit number of at most {@code uptime} milliseconds begins at the offset. */
    private static boolean isTime(ByteBuffer cache, int at, long uptime) {
        return at % Long.BYTES == 0 && cache.getLong(at) > 0 && cache.getLong(at) <= uptime;
    }

    private static ByteBuffer read(String path) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(Path.of(path))).order(ByteOrder.LITTLE_ENDIAN);
    }
}
