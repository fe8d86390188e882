package io.filejob.engine.average;

import io.filejob.spec.GenerateSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.math.RoundingMode;

/**
 * Generator of file contents: decimals, one to a line. Each depends only on the seed and its own number, so that any
 * slicing gives the same files. Not thread-safe.
 *
 * <p>Number n of a seed is the mix of {@code seed + (n + 1) * 0x9E3779B97F4A7C15}, the n-th output of SplitMix64
 * (Steele, Lea and Flood, OOPSLA 2014, doi:10.1145/2714064.2660195), mapped to the range by the high half of a product
 * (Lemire, ACM TOMACS 29(1), 2019, doi:10.1145/3230636, without its rejection step: a number's probability is off by
 * less than the range's size divided by 2^64).
 */
final class NumberFile {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final int MAX_LINE_LENGTH = 24;

    private final long seed;
    private final long entries;
    private final long lowest;
    private final long range;
    private final int decimals;
    private final byte[] buffer;

    NumberFile(GenerateSpec generate) {
        this.seed = generate.seed();
        this.entries = generate.entriesPerFile();
        this.decimals = generate.decimals();
        this.lowest = generate.smallest()
                .movePointRight(decimals)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
        long highest = generate.largest()
                .movePointRight(decimals)
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact();
        this.range = highest - lowest + 1;
        this.buffer = new byte[(int) Math.min(entries, 4096) * MAX_LINE_LENGTH];
    }

    /** Writes file number {@code file}, counted from 0, and returns its size in bytes. */
    long writeTo(OutputStream out, long file) throws IOException {
        int end = 0;
        long bytes = 0;
        long first = file * entries;
        for (long i = first; i < first + entries; i++) {
            if (end > buffer.length - MAX_LINE_LENGTH) {
                out.write(buffer, 0, end);
                bytes += end;
                end = 0;
            }
            end = writeLine(lowest + Math.unsignedMultiplyHigh(mix(seed + (i + 1) * GOLDEN_GAMMA), range), end);
        }
        out.write(buffer, 0, end);
        return bytes + end;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private int writeLine(long unscaled, int at) {
        if (unscaled < 0) {
            buffer[at++] = '-';
        }
        long rest = Math.abs(unscaled);
        int digits = Math.max(digits(rest), decimals + 1);
        int end = at + digits + (decimals > 0 ? 1 : 0);
        for (int i = end - 1; i >= at; i--) {
            if (decimals > 0 && i == end - 1 - decimals) {
                buffer[i] = '.';
            } else {
                buffer[i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }
        buffer[end] = '\n';
        return end + 1;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long power = 10; digits < 19 && value >= power; power *= 10) {
            digits++;
        }
        return digits;
    }
}
