package io.filejob.service.page;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Slices as a drawing of at most {@value #MAX_CELLS} cells, however many there are: one path for each level of density.
 *
 * @param cells the number of cells, each one unit wide and {@value #HEIGHT} high
 * @param levels the paths, from sparse to dense
 */
record SliceStrip(int cells, List<DensityPath> levels) {
    private static final int MAX_CELLS = 500;
    private static final int LEVELS = 4;
    /** The height in units. */
    static final int HEIGHT = 10;

    /**
     * The cells of one density.
     *
     * @param level the level, from 1
     * @param path the path data of SVG
     */
    record DensityPath(int level, String path) {}

    /**
     * Draws the slices of {@code done} among {@code count} slices from {@code first}. A cell is full if it has
     * {@code share} of its slices, for example a half for one of two workers.
     */
    static SliceStrip of(BitSet done, int first, int count, double share) {
        int cells = Math.min(count, MAX_CELLS);
        int[] level = new int[cells];
        for (int cell = 0; cell < cells; cell++) {
            int from = first + (int) ((long) cell * count / cells);
            int to = first + (int) ((long) (cell + 1) * count / cells);
            double full = Math.max(1, Math.floor((to - from) * share));
            double density = Math.min(1, done.get(from, to).cardinality() / full);
            level[cell] = (int) Math.ceil(density * LEVELS);
        }
        List<DensityPath> paths = new ArrayList<>();
        for (int each = 1; each <= LEVELS; each++) {
            String path = path(level, each);
            if (!path.isEmpty()) {
                paths.add(new DensityPath(each, path));
            }
        }
        return new SliceStrip(cells, paths);
    }

    private static String path(int[] levels, int wanted) {
        StringBuilder path = new StringBuilder();
        int cell = 0;
        while (cell < levels.length) {
            int end = cell;
            while (end < levels.length && levels[end] == wanted) {
                end++;
            }
            if (end > cell) {
                int width = end - cell;
                path.append('M').append(cell).append(" 0h").append(width);
                path.append('v').append(HEIGHT).append("h-").append(width).append('z');
            }
            cell = Math.max(end, cell + 1);
        }
        return path.toString();
    }
}
