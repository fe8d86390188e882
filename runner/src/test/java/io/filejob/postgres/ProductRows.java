package io.filejob.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Generates products of about 150 bytes each as CSV; the same products for the same seed. */
final class ProductRows {
    private static final String[] ADJECTIVES = {"Small", "Sturdy", "Öko", "Blue", "Ergonomic", "\"Spare\"", "5' 8\""};
    private static final String[] THINGS = {"bolt", "lamp", "watering can", "door, left", "câble", "shelf\n(oak)"};
    private static final String[] WORDS = {
        "robust",
        "light",
        "made by hand",
        "in \"two\" sizes",
        "ready, steady, go",
        "line\nbreak",
        "wine\r\nbreak",
        "tab\there",
        "50 % off",
        "naïve",
        "\\",
        "\\n",
        "日本",
        "🪑",
        "'quoted'",
        ";"
    };
    /** Texts that programs copying data tend to misinterpret. */
    private static final String[] TRAPS = {
        "", "\\.", "\\N", "NULL", "a\n\\.\nb", " ", "\"", "\"\"", ",", "\n", "\r\n", "#"
    };

    private static final int TRAP_EVERY = 20;
    private static final int DESCRIPTION = 100;

    private final SplittableRandom random;
    private final List<Product> products = new ArrayList<>();

    private ProductRows(long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * Generates {@code rows} products. About {@code repeated} percent have the SKU of an earlier one; half of these are
     * equal to it.
     */
    static List<Product> of(long seed, int rows, int repeated) {
        ProductRows made = new ProductRows(seed);
        for (int row = 0; row < rows; row++) {
            made.products.add(
                    row > 0 && made.random.nextInt(100) < repeated
                            ? made.repeated()
                            : made.product(String.format(Locale.ROOT, "sku-%08d", row)));
        }
        return made.products;
    }

    private Product repeated() {
        Product earlier = products.get(random.nextInt(products.size()));
        return random.nextBoolean() ? earlier : product(earlier.sku());
    }

    private Product product(String sku) {
        return new Product(sku, one(ADJECTIVES) + " " + one(THINGS), description());
    }

    private String description() {
        if (random.nextInt(TRAP_EVERY) == 0) {
            return one(TRAPS);
        }
        StringBuilder text = new StringBuilder();
        while (text.length() < DESCRIPTION) {
            text.append(text.isEmpty() ? "" : one(new String[] {" ", ", ", ".\n"}))
                    .append(one(WORDS));
        }
        return text.toString();
    }

    private String one(String[] of) {
        return of[random.nextInt(of.length)];
    }

    /** Returns a CSV file with a header; every third row has unnecessary quotes. */
    static String csv(List<Product> products) {
        StringBuilder text = new StringBuilder(String.join(",", Product.COLUMNS)).append('\n');
        for (int row = 0; row < products.size(); row++) {
            Product product = products.get(row);
            boolean quotes = row % 3 == 0;
            text.append(List.of(product.sku(), product.name(), product.description()).stream()
                            .map(value -> field(value, quotes))
                            .collect(Collectors.joining(",")))
                    .append('\n');
        }
        return text.toString();
    }

    private static String field(String value, boolean quotes) {
        boolean needed = value.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
        return quotes || needed ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
}
