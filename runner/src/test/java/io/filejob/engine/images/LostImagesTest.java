package io.filejob.engine.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.filejob.api.FileJobSpec;
import io.filejob.coverage.Coverage;
import io.filejob.engine.OperationSetup;
import io.filejob.engine.Operations;
import io.filejob.engine.SliceWork;
import io.filejob.image.TestLibvips;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.LostPartialException;
import io.filejob.ledger.SliceResult;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.Planner;
import io.filejob.plan.Plan;
import io.filejob.plan.Stage;
import io.filejob.storage.Storage;
import io.filejob.testing.http.PageServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image that a worker has stored disappears before the output is written. */
final class LostImagesTest {
    @TempDir
    private Path folder;

    private SliceWork work(FileJobSpec spec, Plan plan, Storage storage, String attempt) {
        return Operations.slices(new OperationSetup(
                spec, plan, "job", storage, null, null, folder.resolve("scratch-" + attempt), attempt));
    }

    @Test
    void theOutputNamesTheImageOfAnotherCopyInstead() throws Exception {
        TestLibvips.load();
        try (PageServer server = new PageServer();
                Storage storage = new Storage(folder)) {
            String url = server.uri("a.jpg");
            Files.writeString(
                    folder.resolve("list.csv"), "S. No.,Product Name,Input Image Urls\n1,Chair," + url + "\n");
            FileJobSpec spec = ManifestReader.read("""
                    apiVersion: filejob.io/v1alpha1
                    kind: FileJob
                    metadata: {name: images}
                    spec:
                      input: {files: [list.csv]}
                      operation: {compressImages: {to: {uri: out}}}
                      output: {uri: out.csv}
                    """).spec();
            Plan plan = Planner.plan(spec, storage);
            Stage images = plan.stages().get(1);
            String fingerprint = plan.fingerprint().combined();
            try (SliceWork a = work(spec, plan, storage, "a");
                    SliceWork b = work(spec, plan, storage, "b")) {
                SliceResult list = a.map(0, OptionalLong.empty());
                Coverage checked = Coverage.of(plan, List.of(new Ledger(fingerprint, 0, "a", List.of(list))));
                server.put("a.jpg", TestPictures.jpeg(1));
                SliceResult first = a.reduce(images, 1, checked);
                Path stored = stored().getFirst();
                server.put("a.jpg", TestPictures.jpeg(2));
                SliceResult second = b.reduce(images, 1, checked);
                assertThat(stored()).hasSize(2);

                Ledger ofA = new Ledger(fingerprint, 0, "a", List.of(list, first));
                Ledger ofB = new Ledger(fingerprint, 1, "b", List.of(second));
                Coverage both = Coverage.of(plan, List.of(ofA, ofB));
                assertThat(both.conflicts()).isEmpty();
                Files.delete(stored);
                LostPartialException lost = catchThrowableOfType(LostPartialException.class, () -> b.publish(2, both));
                assertThat(lost.slice()).isEqualTo(1);
                assertThat(folder.resolve("out.csv")).doesNotExist();

                Ledger reported =
                        new Ledger(fingerprint, 1, "b", List.of(second), both.losses(lost.slice(), lost.file()));
                Coverage left = Coverage.of(plan, List.of(ofA, reported));
                assertThat(left.isComplete(images)).isTrue();
                b.publish(2, left);
                Path other = stored().getFirst();
                assertThat(Files.readAllLines(folder.resolve("out.csv")).getLast())
                        .isEqualTo("1,Chair," + url + ",out/" + other.getFileName());
                b.cleanUp(left);
                assertThat(stored()).containsExactly(other);
            }
        }
    }

    private List<Path> stored() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
