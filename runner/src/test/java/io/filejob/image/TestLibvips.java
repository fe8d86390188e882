package io.filejob.image;

/** The libvips of tests in other packages. */
public final class TestLibvips {
    private TestLibvips() {}

    /** Returns the path of the library, for {@code FILEJOB_LIBVIPS}. */
    public static String path() {
        return SampleImages.library();
    }

    /** Returns whether the library decodes HEIC. */
    public static boolean decodesHeic() {
        return HeicDecoder.isIn(SampleImages.compressor().vips());
    }

    /** Returns a HEIC file. */
    public static byte[] heic() {
        return HeicImagesTest.file();
    }

    /** Loads the library, which the whole process then uses. */
    public static ImageCompressor load() {
        return SampleImages.compressor();
    }
}
