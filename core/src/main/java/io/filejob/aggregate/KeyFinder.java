package io.filejob.aggregate;

import io.filejob.bytes.ByteList;
import io.filejob.bytes.Utf8;
import io.filejob.csv.Batch;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FieldText;
import io.filejob.csv.Fields;
import io.filejob.group.GroupSchema;
import io.filejob.group.KeyFormat;
import io.filejob.measure.Selection;
import io.filejob.measure.TextCheck;

/** Finds the groups of rows in a table and adds new ones. Hot loop. */
final class KeyFinder {
    private final KeyFormat format;
    private final int columns;
    private final GroupTable table;
    private final FieldText text;
    private final byte quote;
    private final boolean quoting;
    private final boolean plain;
    private final boolean mayBeRaw;
    private final ByteList key = new ByteList(256);
    private final Fields fields = new Fields();
    private final Fields lastFields = new Fields();

    KeyFinder(KeyFormat format, GroupSchema schema, GroupTable table) {
        CsvDialect dialect = schema.dialect();
        this.format = format;
        this.columns = format.columns();
        this.table = table;
        this.text = new FieldText(dialect);
        this.quote = dialect.quote();
        this.quoting = dialect.quote() != 0;
        this.plain = format.isPlain();
        // Truncated timestamps may contain the delimiter.
        this.mayBeRaw = schema.spec().timestampColumns().isEmpty();
    }

    /** Stores the group number of each selected row in {@code groups}; 0 for rejected rows. */
    void find(Batch batch, Selection selection, int[] groups) {
        if (columns == 0) {
            whole(selection, groups);
        } else if (plain && columns == 1) {
            single(batch, selection, groups);
        } else if (plain && mayBeRaw && batch.areAdjacent(columns)) {
            several(batch, selection, groups);
        } else {
            for (int i = 0; i < selection.count; i++) {
                groups[i] = built(batch, selection, i);
            }
        }
    }

    /** Assigns all rows to a single group. */
    private void whole(Selection selection, int[] groups) {
        key.clear();
        int found = table.find(key.array, 0, 0);
        int group = found > 0 ? found : table.add(key.array, 0, 0, false);
        for (int i = 0; i < selection.count; i++) {
            groups[i] = selection.isBad(i) ? 0 : group;
        }
    }

    private void single(Batch batch, Selection selection, int[] groups) {
        fields.of(batch, 0, selection.rows, selection.count);
        byte[] bytes = fields.bytes;
        int[] begins = fields.begins;
        int[] ends = fields.ends;
        for (int i = 0; i < selection.count; i++) {
            int begin = begins[i];
            int length = ends[i] - begin;
            if (selection.isBad(i) || (quoting && bytes[begin] == quote)) {
                groups[i] = built(batch, selection, i);
                continue;
            }
            int group = table.find(bytes, begin, length);
            groups[i] = group > 0 ? group : added(batch, selection, i, begin, length, false);
        }
    }

    private void several(Batch batch, Selection selection, int[] groups) {
        fields.of(batch, 0, selection.rows, selection.count);
        lastFields.of(batch, columns - 1, selection.rows, selection.count);
        byte[] bytes = fields.bytes;
        int[] begins = fields.begins;
        int[] ends = lastFields.ends;
        for (int i = 0; i < selection.count; i++) {
            int begin = begins[i];
            int length = ends[i] - begin;
            if (selection.isBad(i) || (quoting && isQuoted(batch, selection.rows[i]))) {
                groups[i] = built(batch, selection, i);
                continue;
            }
            int group = table.findRaw(bytes, begin, length);
            if (group == 0) {
                groups[i] = built(batch, selection, i);
            } else {
                groups[i] = group > 0 ? group : added(batch, selection, i, begin, length, true);
            }
        }
    }

    private boolean isQuoted(Batch batch, int row) {
        for (int column = 0; column < columns; column++) {
            if (batch.bytes[batch.begin(row, column)] == quote) {
                return true;
            }
        }
        return false;
    }

    private int added(Batch batch, Selection selection, int i, int begin, int length, boolean raw) {
        if (!Utf8.isValid(batch.bytes, begin, begin + length)) {
            return built(batch, selection, i);
        }
        return table.add(batch.bytes, begin, length, raw);
    }

    /** Returns the group of a row with a key that has to be assembled; 0 if the key is invalid. */
    private int built(Batch batch, Selection selection, int i) {
        if (selection.isBad(i)) {
            return 0;
        }
        int row = selection.rows[i];
        key.clear();
        for (int column = 0; column < columns; column++) {
            int begin = batch.begin(row, column);
            int end = batch.end(row, column);
            if (!Utf8.isValid(batch.bytes, begin, end)) {
                selection.reject(batch, i, column, TextCheck.NOT_UTF8);
                return 0;
            }
            text.of(batch.bytes, begin, end);
            format.write(column, text, key);
        }
        return find(key);
    }

    /** Returns the group of a key in the table's format. */
    int find(ByteList wanted) {
        // The table reads whole words beyond the end of the key.
        wanted.reserve(ByteList.SLACK);
        int found = table.find(wanted.array, 0, wanted.size);
        if (found > 0) {
            return found;
        }
        if (!hasBreakOrQuote(wanted)) {
            return table.add(wanted.array, 0, wanted.size, false);
        }
        found = table.findQuoted(wanted.array, 0, wanted.size);
        return found > 0 ? found : table.addQuoted(wanted.array, 0, wanted.size);
    }

    /**
     * Returns whether the key cannot be the raw text of unquoted fields. The raw bytes of a malformed record may look
     * like it.
     */
    private boolean hasBreakOrQuote(ByteList wanted) {
        for (int p = 0; p < wanted.size; p++) {
            byte b = wanted.array[p];
            if (b == '\n' || b == '\r' || (quoting && b == quote)) {
                return true;
            }
        }
        return false;
    }
}
