package io.filejob.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.bytes.ByteList;
import io.filejob.examples.Drawing;
import io.filejob.examples.DrawingSource;
import io.filejob.examples.DrawnText;
import io.filejob.examples.Seeds;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

final class PackedRowsTest {
    private static final int COLUMNS = 3;

    @ParameterizedTest
    @DrawingSource("packed-rows.txt")
    void rowsHaveTheirDrawnEncoding(Drawing drawing) {
        drawing.check(lines -> lines.stream().map(PackedRowsTest::packed).toList());
    }

    private static String packed(String line) {
        List<@Nullable String> row = new ArrayList<>();
        Drawing.cells(line).forEach(cell -> row.add(DrawnText.text(cell)));
        ByteList out = new ByteList(4);
        PackedRows.write(row, out);
        assertThat(PackedRows.fields(out.array(), 0, row.size())).isEqualTo(row);
        return DrawnText.of(out.array(), 0, out.size());
    }

    @Test
    void theRowsOfAFileComeBackAndACutFileIsRefused() {
        Seeds.repeat(50, random -> {
            List<List<@Nullable String>> rows = new ArrayList<>();
            ByteList file = new ByteList(4);
            List<Integer> ends = new ArrayList<>(List.of(0));
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                rows.add(row(random));
                ByteList row = new ByteList(4);
                PackedRows.write(rows.getLast(), row);
                file.putBytes(row.toArray());
                ends.add(file.size());
            }
            byte[] bytes = file.toArray();
            assertThat(read(bytes, bytes.length, bytes.length)).isEqualTo(rows);
            for (int cut = 0; cut < bytes.length; cut++) {
                int length = cut;
                assertThatThrownBy(() -> read(bytes, length, bytes.length)).isInstanceOf(EOFException.class);
                if (ends.contains(cut)) {
                    assertThat(read(bytes, length, length)).isEqualTo(rows.subList(0, ends.indexOf(cut)));
                } else {
                    assertThatThrownBy(() -> read(bytes, length, length)).isInstanceOf(EOFException.class);
                    assertThatThrownBy(() -> read(bytes, bytes.length, length)).isInstanceOf(EOFException.class);
                }
            }
        });
    }

    /** Reads the first {@code length} bytes as a file of {@code size} bytes. */
    private static List<List<@Nullable String>> read(byte[] bytes, int length, int size) throws IOException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        PackedRows.read(
                new ByteArrayInputStream(bytes, 0, length),
                size,
                (row, from, _) -> rows.add(PackedRows.fields(row, from, COLUMNS)));
        return rows;
    }

    private static List<@Nullable String> row(SplittableRandom random) {
        List<@Nullable String> row = new ArrayList<>();
        for (int column = 0; column < COLUMNS; column++) {
            row.add(random.nextInt(4) == 0 ? null : "é".repeat(random.nextInt(random.nextInt(10) == 0 ? 200 : 5)));
        }
        return row;
    }
}
