package io.filejob.image.jpeg;

import io.filejob.image.jpeg.JpegFrame.Component;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compresses JPEG files without decoding their pixels: coefficients are divided by the larger steps of the quality and get
 * Huffman codes of their own. This leaves out the transforms, the conversion of colours and the scaling of chrominance, both
 * ways, and their rounding.
 *
 * <p>Baseline files with shades of grey or with luminance and chrominance are compressed. Metadata, colour profiles and bytes
 * behind the end of the image are dropped. Methods may be called from any thread; a call takes at most 3.5 bytes of the heap
 * for each pixel, and a mebibyte.
 */
public final class JpegRequantizer {
    /** The largest file that is compressed, in bytes. */
    public static final int MAX_BYTES = 12_000_000;

    /** The largest number of pixels of an image that is compressed. */
    private static final int MAX_PIXELS = 16_000_000;
    /** The quality from which on chrominance keeps its size, as with libvips. */
    private static final int FULL_CHROMINANCE = 90;
    /** The size of small files and of their elements, whatever their number of pixels. */
    private static final int SMALL = 1 << 17;

    private JpegRequantizer() {}

    /**
     * Compresses a file with a {@code quality} from 1 to 100. Returns null if it is damaged, is large, or needs a general decoder:
     * one with progressive scans, samples of 12 bits, other colours, or chrominance that the quality would reduce.
     */
    public static byte @Nullable [] compress(byte[] file, int quality) {
        try {
            JpegFrame frame = JpegFrame.read(file);
            long pixels = (long) frame.width() * frame.height();
            if (pixels > MAX_PIXELS
                    || file.length > pixels * 3 / 4 + SMALL
                    || (quality < FULL_CHROMINANCE && !frame.isSubsampled())) {
                return null;
            }
            List<int[]> steps = new ArrayList<>();
            for (Component component : frame.components()) {
                steps.add(QuantizationTables.of(quality, !steps.isEmpty(), component.quantization()));
            }
            JpegSymbols symbols = new JpegSymbols();
            new JpegScanReader(file, symbols).read(frame, steps, (int) pixels / 2 + SMALL);
            return new JpegWriter(frame, steps, symbols).write();
        } catch (UnsupportedJpegException e) {
            return null;
        }
    }
}
