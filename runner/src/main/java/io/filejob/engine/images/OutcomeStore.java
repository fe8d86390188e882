package io.filejob.engine.images;

import io.filejob.engine.OperationSetup;
import io.filejob.engine.PartFile;
import io.filejob.failure.ExitCode;
import io.filejob.failure.FailureReason;
import io.filejob.failure.JobFailedException;
import io.filejob.file.Folder;
import io.filejob.file.PendingFile;
import io.filejob.ledger.ImageOutcome;
import io.filejob.ledger.ImageOutcomes;
import io.filejob.ledger.ImagesPartial;
import io.filejob.ledger.LostPartialException;
import io.filejob.status.ImageCounts;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Keeps the outcomes of the images of slices: in ledgers, or in files among the partial results. For one thread. */
final class OutcomeStore {
    /** Maximum size in bytes of the outcomes of a slice in a ledger if there is no folder for partial results. */
    private static final int ONLY_INLINE = 256 << 10;
    /** Maximum size in bytes of all outcomes in the ledgers of a job if there is no such folder. */
    private static final int ALL_ONLY_INLINE = 32 << 20;

    private final @Nullable Folder partials;
    private final String attempt;
    private final int inlineBytes;

    OutcomeStore(OperationSetup setup) {
        this.partials = setup.partials();
        this.attempt = setup.attempt();
        this.inlineBytes = setup.inlineBytes() != null
                ? setup.inlineBytes()
                : partials != null
                        ? setup.plan().fingerprint().cut().inlineBytes()
                        : Math.min(
                                ONLY_INLINE,
                                ALL_ONLY_INLINE / Math.max(1, setup.plan().reduceSlices()));
    }

    /** Returns the result of slice {@code slice}. */
    ImagesPartial write(int slice, ImageCounts counts, List<ImageOutcome> outcomes, String basis) {
        byte[] encoded = ImageOutcomes.encode(outcomes);
        if (encoded.length <= inlineBytes) {
            return new ImagesPartial(counts, ImageOutcomes.of(outcomes), null, basis);
        }
        if (partials == null) {
            throw new JobFailedException(
                    FailureReason.PARTIAL_TOO_LARGE,
                    "the outcomes of a slice of images do not fit a ledger: name a place for them in spec.store");
        }
        String name = "images-" + slice + "-" + attempt;
        try (PendingFile file = partials.create(name, attempt)) {
            file.write(encoded, 0, encoded.length);
            file.commit();
        }
        CRC32C checksum = new CRC32C();
        checksum.update(encoded);
        ImagesPartial.OutcomesFile file = new ImagesPartial.OutcomesFile(name, encoded.length, checksum.getValue());
        return new ImagesPartial(counts, ImageOutcomes.NONE, file, basis);
    }

    /** Returns the outcomes of a slice of {@code images} images; throws {@link LostPartialException} if they are lost. */
    List<ImageOutcome> read(ImagesPartial partial, long images) {
        ImagesPartial.OutcomesFile file = partial.file();
        List<ImageOutcome> outcomes;
        if (file == null) {
            outcomes = partial.inline().decoded();
        } else {
            if (partials == null) {
                throw new LostPartialException(file.name(), "there is no store with the file " + file.name(), null);
            }
            try {
                outcomes = ImageOutcomes.decode(PartFile.read(partials, file.name(), file.bytes(), file.checksum()));
            } catch (IllegalArgumentException e) {
                throw new LostPartialException(
                        file.name(), "the file " + partials.location(file.name()) + " is damaged", e);
            }
        }
        if (outcomes.size() != images || partial.counts().in() != images) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST,
                    "the ledgers hold a slice of " + outcomes.size() + " images instead of " + images
                            + ": they were not written for this plan; start a new job");
        }
        return outcomes;
    }

    /** Deletes all files. */
    void delete() {
        if (partials != null) {
            partials.list().forEach(entry -> partials.delete(entry.name()));
        }
    }
}
