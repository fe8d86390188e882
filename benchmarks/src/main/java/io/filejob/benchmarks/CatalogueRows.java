package io.filejob.benchmarks;

import java.io.IOException;
import java.util.SplittableRandom;

/**
 * A catalogue: {@code sku,name,description}, with five products per name. Descriptions are quoted and contain commas,
 * doubled quotes and line breaks; they make up three quarters of the bytes. SKUs are unique, or some of them occur
 * again.
 */
final class CatalogueRows {
    private static final int PRODUCTS_PER_NAME = 5;
    private static final int SENTENCES = 50_000;
    private static final int SENTENCES_EACH = 4;
    private static final String[] JOINTS = {", ", ".\n", "; \"\"new\"\" ", " and "};

    private CatalogueRows() {}

    /** Writes {@code rows} rows, of which about {@code repeated} percent have the SKU of an earlier row. */
    static void write(long rows, int repeated, RowBuffer out) throws IOException {
        SplittableRandom random = new SplittableRandom(42);
        RandomNames names = new RandomNames(42);
        byte[][] products = new byte[(int) Math.max(1, rows / PRODUCTS_PER_NAME)][];
        for (int i = 0; i < products.length; i++) {
            products[i] = RowBuffer.utf8(names.title(3) + " " + Integer.toString(i, 36));
        }
        byte[][] sentences = new byte[SENTENCES][];
        for (int i = 0; i < SENTENCES; i++) {
            sentences[i] = RowBuffer.utf8(names.title(6) + JOINTS[random.nextInt(JOINTS.length)]);
        }
        out.put(RowBuffer.utf8("sku,name,description")).endRow();
        for (int row = 0; row < rows; row++) {
            boolean isRepeated = repeated > 0 && row > 0 && random.nextInt(100) < repeated;
            out.put(RowBuffer.utf8("sku-"))
                    .put(isRepeated ? random.nextInt(row) : row)
                    .put(',');
            out.put(products[random.nextInt(products.length)]).put(',').put('"');
            for (int i = 0; i < SENTENCES_EACH; i++) {
                out.put(sentences[random.nextInt(SENTENCES)]);
            }
            out.put('"').endRow();
        }
    }
}
