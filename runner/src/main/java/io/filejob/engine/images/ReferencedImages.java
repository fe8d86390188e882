package io.filejob.engine.images;

import io.filejob.coverage.Coverage;
import io.filejob.ledger.ImageListPartial;
import io.filejob.operation.images.ImageListReader;
import io.filejob.security.Sha256;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The names of the images that the results of a job refer to: 64 bits of a digest each, so that an image without a
 * reference may be kept, and none with one is deleted. They are read when the first name is tested. For one thread.
 */
final class ReferencedImages implements Predicate<String> {
    private static final int HEX = 16;

    private final Coverage committed;
    private final ImageListReader reader;
    private final OutcomeStore outcomes;
    private long @Nullable [] hashes;

    ReferencedImages(Coverage committed, ImageListReader reader, OutcomeStore outcomes) {
        this.committed = committed;
        this.reader = reader;
        this.outcomes = outcomes;
    }

    @Override
    public boolean test(String name) {
        if (hashes == null) {
            hashes = read();
        }
        return Arrays.binarySearch(hashes, hash(name)) >= 0;
    }

    private long[] read() {
        ImageListPartial list = ImageListPartials.of(committed);
        StoredImages stored = new StoredImages(committed, list, outcomes);
        long[] all = new long[Math.toIntExact(list.images())];
        int[] count = {0};
        reader.readAll(list.duplicateRows(), row -> {
            for (StoredImages.StoredImage image : stored.of(row)) {
                if (image.name() != null) {
                    all[count[0]++] = hash(image.name());
                }
            }
        });
        long[] found = Arrays.copyOf(all, count[0]);
        Arrays.sort(found);
        return found;
    }

    private static long hash(String name) {
        return Long.parseUnsignedLong(new Sha256().update(name).hex(Long.BYTES), HEX);
    }
}
