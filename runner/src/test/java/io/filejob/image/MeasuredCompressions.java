package io.filejob.image;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A process that prints the peak memory of compressions beside their estimates, with a heap that does not change and a C
 * library that returns large blocks at once.
 */
@SuppressWarnings("restricted")
public final class MeasuredCompressions {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 800;

    private MeasuredCompressions() {}

    /** Prints a line per compression: name, estimated and measured bytes. */
    public static void main(String[] arguments) throws Throwable {
        byte[] png = SampleImages.png(Pixels.picture(WIDTH, HEIGHT));
        Map<String, byte[]> inputs = new LinkedHashMap<>();
        inputs.put("JPEG", SampleImages.encoded(png, ".jpg[Q=90]"));
        inputs.put("progressive JPEG", SampleImages.encoded(png, ".jpg[Q=90,interlace]"));
        inputs.put("turned JPEG", SampleImages.withExif(SampleImages.encoded(png, ".jpg[Q=90]"), 6));
        inputs.put("PNG", SampleImages.encoded(png, ".png[compression=1]"));
        inputs.put("interlaced PNG", SampleImages.encoded(png, ".png[compression=1,interlace]"));
        inputs.put("WebP", SampleImages.encoded(png, ".webp[effort=0]"));
        inputs.put("animated WebP", SampleImages.encoded(png, ".webp[effort=0,page-height=200]"));
        inputs.put("AVIF", SampleImages.encoded(png, ".avif[effort=0]"));
        inputs.put("animated GIF", SampleImages.encoded(png, ".gif[effort=1,page-height=200]"));
        inputs.put("TIFF", SampleImages.encoded(png, ".tif"));
        CompressionOptions defaults = CompressionOptions.defaults();
        for (Map.Entry<String, byte[]> input : inputs.entrySet()) {
            measure(input.getKey(), input.getValue(), defaults.withFormat(ImageFormat.JPEG));
            measure(
                    input.getKey(),
                    input.getValue(),
                    defaults.withFormat(ImageFormat.WEBP).withScale(50));
        }
        byte[] jpeg = inputs.get("JPEG");
        for (ImageFormat format : new ImageFormat[] {ImageFormat.WEBP, ImageFormat.AVIF, ImageFormat.PNG}) {
            measure("JPEG", jpeg, defaults.withFormat(format));
        }
        measure("JPEG", jpeg, defaults.withFormat(ImageFormat.PNG).withQuality(100));
        measure("JPEG for a target", jpeg, defaults.withTarget(SizeTarget.ofPercent(30)));
        measure("animated GIF", inputs.get("animated GIF"), defaults);
        measure("animated WebP", inputs.get("animated WebP"), defaults);
    }

    private static void measure(String name, byte[] input, CompressionOptions options) throws Throwable {
        ImageCompressor compressor = SampleImages.compressor();
        ImageHeader header = compressor.readHeader(MemorySegment.ofArray(input));
        MethodHandle trim = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("malloc_trim"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
        int _ = (int) trim.invokeExact(0L);
        // Resets the peak.
        Files.writeString(Path.of("/proc/self/clear_refs"), "5");
        long before = status("VmRSS");
        CompressedImage output = compressor.compress(input, options);
        long used = status("VmHWM") - before - input.length;
        System.out.println(name + " as " + output.format() + " " + options.scale() + "%,"
                + ImageCompressor.estimateMemory(header, options) + "," + used);
    }

    private static long status(String field) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith(field + ":")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException("no field " + field);
    }
}
