package io.filejob.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Orders with a remark: {@code order,shop,remark,amount}. One in a hundred of the 500 shops has a comma in its name.
 * Most remarks are quoted: they contain commas, some contain doubled quotes, and those of 2% of the rows contain a line
 * break, so that 45% of the bytes are inside quotes.
 */
final class QuotedRows {
    private static final int SHOPS = 500;
    private static final int REMARKS = 20_000;
    private static final int FIRST_ORDER = 10_000_000;
    private static final int MIN = -50_000;
    private static final int MAX = 1_000_000;

    private QuotedRows() {}

    static void write(long rows, RowBuffer out) throws IOException {
        SplittableRandom random = new SplittableRandom(42);
        RandomNames names = new RandomNames(42);
        byte[][] shops = shops(names);
        byte[][] remarks = new byte[REMARKS][];
        for (int i = 0; i < REMARKS; i++) {
            remarks[i] = RowBuffer.utf8("," + remark(names, random) + ",");
        }
        out.put(RowBuffer.utf8("order,shop,remark,amount")).endRow();
        for (long row = 0; row < rows; row++) {
            out.put(FIRST_ORDER + (int) row).put(',');
            out.put(shops[random.nextInt(SHOPS)]).put(remarks[random.nextInt(REMARKS)]);
            out.putCents(random.nextInt(MIN, MAX)).endRow();
        }
    }

    private static byte[][] shops(RandomNames names) {
        List<String> plain = names.distinct(SHOPS, 4, 10);
        byte[][] shops = new byte[SHOPS][];
        for (int i = 0; i < SHOPS; i++) {
            shops[i] = RowBuffer.utf8(i % 100 == 0 ? '"' + plain.get(i) + ", Ltd\"" : plain.get(i));
        }
        return shops;
    }

    private static String remark(RandomNames names, SplittableRandom random) {
        int kind = random.nextInt(100);
        if (kind < 18) {
            return "none";
        }
        String first = names.title(4);
        String second = names.title(2);
        if (kind < 20) {
            return '"' + first + ",\n" + second + '"';
        }
        if (kind < 35) {
            return "\"a \"\"" + first + "\"\", " + second + '"';
        }
        return '"' + first + ", " + second + '"';
    }
}
