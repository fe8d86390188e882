package io.filejob.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.csv.BadRecordSink;
import io.filejob.csv.FileRange;
import io.filejob.csv.MemorySource;
import io.filejob.csv.OnBad;
import io.filejob.csv.RowReader;
import io.filejob.examples.Drawing;
import io.filejob.examples.DrawingSource;
import io.filejob.file.MemoryFolder;
import io.filejob.file.PendingFile;
import io.filejob.group.GroupSchema;
import io.filejob.ledger.GroupsPartial;
import io.filejob.manifest.ManifestReader;
import io.filejob.output.RowOutput;
import io.filejob.spec.aggregate.AggregateSpec;
import io.filejob.spill.RunSource;
import io.filejob.spill.SpillBuffers;
import io.filejob.spill.SpillSink;
import io.filejob.validation.InvalidManifestException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;

/** Files are grouped as drawn, whether their groups are kept inline or in runs, and whether runs are merged or sorted. */
final class GroupedFilesTest {
    private static final int INLINE = 1 << 20;

    private final MemoryFolder folder = new MemoryFolder();

    /** The input is an aggregation, a line {@code files}, and CSV text; a line {@code ---} begins another file. */
    @ParameterizedTest
    @DrawingSource("grouped-files.txt")
    void resultsAreDrawn(Drawing drawing) {
        drawing.check(lines -> {
            int files = lines.indexOf("files");
            GroupSchema schema =
                    schema(String.join("\n", lines.subList(0, files)), String.join(", ", drawing.settings()));
            List<String> texts = new ArrayList<>(List.of(""));
            for (String line : lines.subList(files + 1, lines.size())) {
                texts.add(line.equals("---") ? "" : texts.removeLast() + line + "\n");
            }
            List<GroupsPartial> inline = grouped(schema, texts, INLINE);
            List<GroupsPartial> runs = grouped(schema, texts, 0);
            String result = result(schema, inline, 1, 16 << 20);
            assertThat(result(schema, inline.reversed(), 1, 16 << 20)).isEqualTo(result);
            assertThat(result(schema, runs, 1, 16 << 20)).as("merged").isEqualTo(result);
            assertThat(result(schema, runs.reversed(), 1, 1)).as("sorted").isEqualTo(result);
            if (schema.spec().top() == null) {
                assertThat(result(schema, runs, 3, 16 << 20)).as("in ranges").isEqualTo(result);
            }
            return result.lines().toList();
        });
    }

    private static GroupSchema schema(String aggregate, String format) throws InvalidManifestException {
        FileJob job = ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: grouped}
                spec:
                  input: {files: [in.csv], format: {csv: {%s}}}
                  operation:
                    aggregate:
                %s""".formatted(format.replace("=", ": "), aggregate.indent(6)));
        AggregateSpec spec = Objects.requireNonNull(job.spec().operation().aggregate());
        return GroupSchema.of(job.spec(), spec);
    }

    private List<GroupsPartial> grouped(GroupSchema schema, List<String> texts, int inlineLimit) throws IOException {
        Grouper grouper = new Grouper(schema, 16 << 20, inlineLimit);
        RowReader reader = new RowReader(schema.dialect(), schema.columns(), OnBad.FAIL, BadRecordSink.NONE);
        List<GroupsPartial> all = new ArrayList<>();
        for (int number = 0; number < texts.size(); number++) {
            String name = "runs-" + number;
            var rows = grouper.begin(new SpillSink() {
                @Override
                public String name() {
                    return name;
                }

                @Override
                public PendingFile create() {
                    return folder.create(name, "test");
                }
            });
            grouper.position().at(number);
            byte[] text = texts.get(number).getBytes(StandardCharsets.UTF_8);
            reader.read(FileRange.whole(MemorySource.of("file", text)), rows);
            all.add(grouper.finish());
        }
        return all;
    }

    private String result(GroupSchema schema, List<GroupsPartial> partials, int ranges, long memory) {
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        GroupResults results = new GroupResults(schema, partials);
        csv.writeBytes(results.header());
        for (int range = 0; range < ranges; range++) {
            RunSource source = new RunSource(folder, "test", new SpillBuffers(), memory);
            results.write(source, range, ranges, RowOutput.csv(csv::write));
        }
        return csv.toString(StandardCharsets.UTF_8);
    }
}
