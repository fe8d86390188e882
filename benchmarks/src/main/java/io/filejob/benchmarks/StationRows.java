package io.filejob.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Measurements without quotes or header: {@code station;temperature}, from 413 stations with different climates. One
 * value in a thousand is drawn from the whole range of -99.9 to 99.9.
 */
final class StationRows {
    private static final int STATIONS = 413;
    /** Largest absolute temperature, in tenths of a degree. */
    private static final int MAX = 999;

    private static final int DEVIATIONS = 1 << 16;
    private static final double DEVIATION = 100;

    private StationRows() {}

    static void write(long rows, RowBuffer out) throws IOException {
        SplittableRandom random = new SplittableRandom(42);
        List<String> names = new RandomNames(42).distinct(STATIONS, 3, 26);
        byte[][] stations = new byte[STATIONS][];
        int[] means = new int[STATIONS];
        for (int i = 0; i < STATIONS; i++) {
            stations[i] = RowBuffer.utf8(names.get(i) + ";");
            means[i] = random.nextInt(-100, 300);
        }
        int[] deviations = new int[DEVIATIONS];
        for (int i = 0; i < DEVIATIONS; i++) {
            deviations[i] = (int) Math.round(random.nextGaussian() * DEVIATION);
        }
        byte[][] temperatures = temperatures();
        for (long row = 0; row < rows; row++) {
            int station = random.nextInt(STATIONS);
            int dice = random.nextInt();
            int tenths = means[station] + deviations[dice & (DEVIATIONS - 1)];
            if ((dice >>> 16) % 1000 == 0) {
                tenths = random.nextInt(-MAX, MAX + 1);
            }
            out.put(stations[station]).put(temperatures[Math.clamp(tenths, -MAX, MAX) + MAX]);
            out.endRow();
        }
    }

    private static byte[][] temperatures() {
        byte[][] texts = new byte[2 * MAX + 1][];
        for (int tenths = -MAX; tenths <= MAX; tenths++) {
            int size = Math.abs(tenths);
            texts[tenths + MAX] = RowBuffer.utf8((tenths < 0 ? "-" : "") + size / 10 + "." + size % 10);
        }
        return texts;
    }
}
