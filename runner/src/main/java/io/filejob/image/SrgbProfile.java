package io.filejob.image;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes ICC profiles that mean sRGB, whatever program they come from: profiles of a matrix and curves (ICC.1:2022, 8.3)
 * with sRGB's primaries and a curve that is nowhere further from sRGB's than a step of 8 bits. Most photographs have one,
 * and a conversion would cost more than everything else.
 */
final class SrgbProfile {
    private static final int HEADER = 128;
    private static final int RGB = signature("RGB ");
    private static final int XYZ = signature("XYZ ");
    private static final int CURVE = signature("curv");
    private static final int PARAMETRIC = signature("para");
    private static final String[] COLOURS = {"r", "g", "b"};
    /** The primaries of sRGB (IEC 61966-2-1), adapted to the profile connection space's white, D50. */
    private static final double[][] PRIMARIES = {
        {0.4361, 0.2225, 0.0139}, {0.3851, 0.7169, 0.0971}, {0.1431, 0.0606, 0.7141}
    };

    private static final double MAX_PRIMARY_ERROR = 0.002;
    private static final double MAX_CURVE_ERROR = 0.002;
    private static final int CURVE_SAMPLES = 64;

    private final ByteBuffer bytes;

    private SrgbProfile(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Returns whether the profile means sRGB; false for damaged profiles. */
    static boolean matches(MemorySegment profile) {
        try {
            return new SrgbProfile(profile.asByteBuffer()).matches();
        } catch (IndexOutOfBoundsException | IllegalArgumentException | UnsupportedOperationException e) {
            return false;
        }
    }

    private boolean matches() {
        // Tables from device to connection space would take precedence over the curves.
        if (bytes.getInt(16) != RGB || bytes.getInt(20) != XYZ || tag("A2B0") != null || tag("A2B1") != null) {
            return false;
        }
        for (int i = 0; i < COLOURS.length; i++) {
            ByteBuffer primary = tag(COLOURS[i] + "XYZ");
            ByteBuffer curve = tag(COLOURS[i] + "TRC");
            if (primary == null || curve == null || !isPrimary(primary, PRIMARIES[i]) || !isCurve(curve)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the data of a tag, or null if the profile does not have it. */
    private @Nullable ByteBuffer tag(String name) {
        int count = bytes.getInt(HEADER);
        for (int i = 0; i < count; i++) {
            int entry = HEADER + 4 + 12 * i;
            if (bytes.getInt(entry) == signature(name)) {
                return bytes.slice(bytes.getInt(entry + 4), bytes.getInt(entry + 8));
            }
        }
        return null;
    }

    private static boolean isPrimary(ByteBuffer data, double[] expected) {
        boolean matches = data.getInt(0) == XYZ;
        for (int i = 0; i < expected.length; i++) {
            matches &= Math.abs(fixed(data, 8 + 4 * i) - expected[i]) <= MAX_PRIMARY_ERROR;
        }
        return matches;
    }

    private static boolean isCurve(ByteBuffer data) {
        for (int i = 0; i <= CURVE_SAMPLES; i++) {
            double x = i / (double) CURVE_SAMPLES;
            double expected = x <= 0.04045 ? x / 12.92 : Math.pow((x + 0.055) / 1.055, 2.4);
            double error = value(data, x) - expected;
            if (!(Math.abs(error) <= MAX_CURVE_ERROR)) {
                return false;
            }
        }
        return true;
    }

    /** Evaluates a curve; NaN if it is of a kind that no profile of sRGB has. */
    private static double value(ByteBuffer data, double x) {
        int type = data.getInt(0);
        if (type == CURVE) {
            int count = data.getInt(8);
            return count > 1 ? interpolate(data, count, x) : Double.NaN;
        }
        // Y = (aX + b)^g where X >= d, else cX
        if (type == PARAMETRIC && data.getShort(8) == 3) {
            double gamma = fixed(data, 12);
            return x >= fixed(data, 28) ? Math.pow(fixed(data, 16) * x + fixed(data, 20), gamma) : fixed(data, 24) * x;
        }
        return Double.NaN;
    }

    private static double interpolate(ByteBuffer data, int count, double x) {
        double position = x * (count - 1);
        int left = Math.min((int) position, count - 2);
        double from = (data.getShort(12 + 2 * left) & 0xffff) / 65_535.0;
        double to = (data.getShort(14 + 2 * left) & 0xffff) / 65_535.0;
        return from + (to - from) * (position - left);
    }

    private static double fixed(ByteBuffer data, int at) {
        return data.getInt(at) / 65_536.0;
    }

    private static int signature(String name) {
        return name.charAt(0) << 24 | name.charAt(1) << 16 | name.charAt(2) << 8 | name.charAt(3);
    }
}
