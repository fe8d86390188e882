package io.filejob.engine.images;

import io.filejob.coverage.Coverage;
import io.filejob.csv.OnBad;
import io.filejob.engine.OperationSetup;
import io.filejob.engine.Publication;
import io.filejob.engine.SliceWork;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.ledger.ImageListPartial;
import io.filejob.ledger.ImageOutcome;
import io.filejob.ledger.ImagesPartial;
import io.filejob.ledger.Rejection;
import io.filejob.ledger.SliceResult;
import io.filejob.operation.images.CheckedImageList;
import io.filejob.operation.images.CompressImagesType;
import io.filejob.operation.images.ImageListCheck;
import io.filejob.operation.images.ImageListReader;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.Stage;
import io.filejob.status.ImageCounts;
import io.filejob.status.Rejected;
import io.filejob.status.RejectedRecord;
import io.filejob.storage.fetch.Fetcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks the list of images, and fetches, compresses and stores its images slice by slice. */
final class CompressImagesWork implements SliceWork {
    private final OperationSetup setup;
    private final FileSlicing slicing;
    private final ImageListInput input;
    private final ImageListReader reader;
    private final Fetcher fetcher;
    private final ImageSliceWork images;
    private final ImageFolder folder;
    private final OutcomeStore outcomes;
    private @Nullable Coverage checked;
    private @Nullable ImageListPartial list;

    CompressImagesWork(
            OperationSetup setup,
            ImageListInput input,
            ImageListReader reader,
            Fetcher fetcher,
            ImageSliceWork images,
            ImageFolder folder) {
        this.setup = setup;
        this.slicing = (FileSlicing) setup.plan().slicing();
        this.input = input;
        this.reader = reader;
        this.fetcher = fetcher;
        this.images = images;
        this.folder = folder;
        this.outcomes = new OutcomeStore(setup);
    }

    private boolean skips() {
        return setup.onBad() == OnBad.SKIP;
    }

    /** The list is one slice, which begins at its beginning. */
    @Override
    public SliceResult map(int slice, OptionalLong start) {
        CheckedImageList list =
                new ImageListCheck(reader, input, skips(), setup.spec().memoryBytes() / 2).run();
        long bytes = slicing.bytes();
        return SliceResult.builder(slice, 0, bytes, list.partial())
                .bytes(bytes)
                .rows(list.rows())
                .samples(list.samples())
                .build();
    }

    @Override
    public SliceResult reduce(Stage stage, int slice, Coverage covered) {
        List<ListedImage> listed = listed(list(covered), slice - stage.first(), stage.slices());
        String basis = covered.basis(stage);
        RetainedImages retained = RetainedImages.of(covered.beforeRedrive(slice), listed, basis, outcomes, folder);
        Map<String, Integer> urls = new LinkedHashMap<>();
        for (int i = 0; i < listed.size(); i++) {
            if (!retained.has(i)) {
                urls.putIfAbsent(listed.get(i).url(), i);
            }
        }
        Path files = setup.scratch().resolve("images-" + slice);
        try {
            Files.createDirectories(files);
            SliceResult result = stored(slice, listed, retained, images.run(slice, urls, files), basis);
            delete(files);
            return result;
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST,
                    "the folder " + files + " in scratch space cannot be used: " + IoReason.of(e),
                    e);
        }
    }

    /** Returns the list of images; it is the same for all slices of a stage, whose number may be large. */
    private ImageListPartial list(Coverage covered) {
        if (list == null || checked != covered) {
            list = ImageListPartials.of(covered);
            checked = covered;
        }
        return list;
    }

    private List<ListedImage> listed(ImageListPartial good, int index, int slices) {
        long first = CompressImagesType.firstImage(index, slices, good.images());
        long end = CompressImagesType.firstImage(index + 1, slices, good.images());
        List<ListedImage> listed = new ArrayList<>();
        if (first < end) {
            reader.read(good, first, end, row -> {
                for (int i = 0; i < row.urls().size(); i++) {
                    long image = row.firstImage() + i;
                    if (image >= first && image < end) {
                        listed.add(ListedImage.of(row, i + 1));
                    }
                }
            });
        }
        return listed;
    }

    private SliceResult stored(
            int slice,
            List<ListedImage> listed,
            RetainedImages retained,
            Map<String, CompressedFile> files,
            String basis) {
        List<ImageFolder.NewImage> toStore = new ArrayList<>();
        List<ImageOutcome> all = new ArrayList<>();
        List<Rejection> failed = new ArrayList<>();
        ImageCounts counts = retained.counts();
        for (int i = 0; i < listed.size(); i++) {
            ListedImage image = listed.get(i);
            if (retained.has(i)) {
                all.add(retained.outcomes().get(i));
                continue;
            }
            CompressedFile file = Objects.requireNonNull(files.get(image.url()));
            ImageOutcome outcome = file.outcome();
            String reason = outcome.reason();
            all.add(outcome);
            counts = counts.plus(counts(outcome, file));
            if (reason != null) {
                failed.add(image.rejection(reason));
            } else {
                toStore.add(new ImageFolder.NewImage(
                        StoredImages.name(image.serial(), image.position(), outcome),
                        Objects.requireNonNull(file.format()),
                        Objects.requireNonNull(file.file())));
            }
        }
        if (!skips() && !failed.isEmpty()) {
            throw new JobFailedException(ExitCode.BAD_INPUT, describe(failed.getFirst()));
        }
        folder.store(slice, toStore);
        ImagesPartial partial = outcomes.write(slice, counts, all, basis);
        return SliceResult.later(slice, partial).toBuilder()
                .samples(failed.stream().limit(Rejected.MAX_SAMPLES).toList())
                .build();
    }

    private static ImageCounts counts(ImageOutcome outcome, CompressedFile file) {
        boolean failed = outcome.reason() != null;
        return new ImageCounts(
                1,
                failed || outcome.kept() ? 0 : 1,
                outcome.kept() ? 1 : 0,
                failed ? 1 : 0,
                file.bytesIn(),
                file.bytesOut());
    }

    private String describe(Rejection image) {
        return new RejectedRecord(
                        input.name(Math.toIntExact(image.file())),
                        image.line(),
                        image.column(),
                        image.reason(),
                        image.text())
                .describe();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Override
    public SliceResult publish(int slice, Coverage covered) {
        return new ImagePublication(Publication.of(setup), reader, input, folder, outcomes).publish(slice, covered);
    }

    @Override
    public void cleanUp(Coverage committed) {
        folder.finish(new ReferencedImages(committed, reader, outcomes));
        outcomes.delete();
    }

    @Override
    public void close() {
        fetcher.close();
    }
}
