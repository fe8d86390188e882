package io.filejob.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.stream.Stream;

/** The rules between the fields of {@code spec.input.generate}: all counts must fit 63 bits. */
final class GenerateRules {
    private static final String FIELD = "spec.input.generate";

    private GenerateRules() {}

    static void check(CheckedTree tree) {
        if (tree.isSet(FIELD + ".files") && tree.isKnown(FIELD, "files")) {
            counts(tree);
        }
        if (tree.isSet(FIELD) && tree.isKnown(FIELD, "min", "max", "decimals")) {
            range(tree);
        }
    }

    private static void counts(CheckedTree tree) {
        BigInteger files = tree.at(FIELD + ".files").bigIntegerValue();
        BigInteger entries = files.multiply(tree.at(FIELD + ".entriesPerFile").bigIntegerValue());
        if (tree.isKnown(FIELD, "entriesPerFile") && entries.bitLength() > 63) {
            tree.refuse(FIELD + ".entriesPerFile", RuleMessages.TOO_MANY_ENTRIES);
        }
        BigInteger filesPerSlice =
                BigInteger.valueOf(tree.at(FIELD + ".filesPerSlice").asLong(5));
        BigInteger most = BigInteger.valueOf(FileJobSpec.MAX_SLICES);
        if (tree.isKnown(FIELD, "filesPerSlice")
                && ceilDiv(files, filesPerSlice).compareTo(most) > 0) {
            tree.refuse(FIELD + ".filesPerSlice", RuleMessages.TOO_MANY_SLICES);
        }
    }

    private static void range(CheckedTree tree) {
        int decimals = tree.at(FIELD + ".decimals").asInt(2);
        String min = tree.textOr(FIELD + ".min", "0");
        String max = tree.textOr(FIELD + ".max", "1000");
        BigInteger lowest = new BigDecimal(min)
                .movePointRight(decimals)
                .setScale(0, RoundingMode.CEILING)
                .toBigInteger();
        BigInteger highest = new BigDecimal(max)
                .movePointRight(decimals)
                .setScale(0, RoundingMode.FLOOR)
                .toBigInteger();
        if (lowest.compareTo(highest) > 0) {
            tree.refuse(FIELD + ".max", RuleMessages.NO_NUMBERS.formatted(decimals, min, max));
        } else if (Stream.of(lowest, highest, highest.subtract(lowest).add(BigInteger.ONE))
                .anyMatch(number -> number.bitLength() > 63)) {
            tree.refuse(FIELD + ".max", RuleMessages.TOO_FINE.formatted(min, max, decimals));
        }
    }

    private static BigInteger ceilDiv(BigInteger dividend, BigInteger divisor) {
        return dividend.add(divisor).subtract(BigInteger.ONE).divide(divisor);
    }
}
