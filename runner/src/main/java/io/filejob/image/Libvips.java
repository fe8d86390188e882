package io.filejob.image;

import static java.lang.foreign.MemorySegment.NULL;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The C functions of libvips that compression takes, bound once per process. Thread-safe; an image serves one thread. A
 * function returns null or false where libvips fails. Its messages are discarded, since all threads share one buffer of
 * them.
 */
@SuppressWarnings("restricted")
final class Libvips {
    private static final List<String> LOADERS = List.of("Jpeg", "Png", "Webp", "Nsgif", "Heif", "Tiff");

    final ToIntFunction<MemorySegment> width;
    final ToIntFunction<MemorySegment> height;
    final ToIntFunction<MemorySegment> bands;
    final ToIntFunction<MemorySegment> sampleFormat;
    final ToIntFunction<MemorySegment> interpretation;
    final ToIntFunction<MemorySegment> orientation;
    final ToIntFunction<MemorySegment> pages;
    final ToIntFunction<MemorySegment> hasAlpha;
    final NativeFunctions.NativeOperation upright;
    final NativeFunctions.NativeOperation premultiply;
    final NativeFunctions.NativeOperation unpremultiply;
    final NativeFunctions.NativeOperation average;
    final NativeFunctions.OperationWithInt cast;
    final NativeFunctions.OperationWithInt colourSpace;
    final Consumer<MemorySegment> release;

    private final Consumer<MemorySegment> free;
    private final MethodHandle load;
    private final MethodHandle save;
    private final MethodHandle decode;
    private final MethodHandle resize;
    private final MethodHandle toSrgb;
    private final MethodHandle typeOf;
    private final MethodHandle text;
    private final MethodHandle blob;
    private final MethodHandle setInt;
    private final MethodHandle clearErrors;
    private final MethodHandle trackedBytes;

    private final String version;
    private final Set<ImageFormat> readable = EnumSet.noneOf(ImageFormat.class);
    private final Set<ImageFormat> writable = EnumSet.noneOf(ImageFormat.class);

    /** Binds and starts the library, which must not have been started before. */
    Libvips(SymbolLookup library) throws LibvipsMissingException {
        try {
            NativeFunctions c = new NativeFunctions(library);
            width = c.getter("vips_image_get_width");
            height = c.getter("vips_image_get_height");
            bands = c.getter("vips_image_get_bands");
            sampleFormat = c.getter("vips_image_get_format");
            interpretation = c.getter("vips_image_guess_interpretation");
            orientation = c.getter("vips_image_get_orientation");
            pages = c.getter("vips_image_get_n_pages");
            hasAlpha = c.getter("vips_image_hasalpha");
            upright = c.operation("vips_autorot");
            premultiply = c.operation("vips_premultiply");
            unpremultiply = c.operation("vips_unpremultiply");
            average = c.operation("vips_avg");
            cast = c.operationWithInt("vips_cast");
            colourSpace = c.operationWithInt("vips_colourspace");
            release = c.consumer("g_object_unref");
            free = c.consumer("g_free");
            load = Linker.nativeLinker()
                    .downcallHandle(
                            c.address("vips_image_new_from_buffer"),
                            FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS),
                            Linker.Option.firstVariadicArg(3));
            save = c.bindVariadic("vips_image_write_to_buffer", 4, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
            decode = c.bind("vips_image_copy_memory", FunctionDescriptor.of(ADDRESS, ADDRESS));
            resize = c.bindVariadic("vips_resize", 3, ADDRESS, ADDRESS, JAVA_DOUBLE, ADDRESS, JAVA_DOUBLE, ADDRESS);
            toSrgb = c.bindVariadic("vips_icc_transform", 3, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
            typeOf = c.bind("vips_image_get_typeof", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS));
            text = c.bind("vips_image_get_string", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
            blob = c.bind("vips_image_get_blob", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
            setInt = c.bind("vips_image_set_int", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_INT));
            clearErrors = c.bind("vips_error_clear", FunctionDescriptor.ofVoid());
            trackedBytes = c.bind("vips_tracked_get_mem", FunctionDescriptor.of(JAVA_LONG));
            version = start(c);
        } catch (IllegalArgumentException e) {
            throw new LibvipsMissingException("libvips is too old (" + e.getMessage() + "); install 8.13 or newer", e);
        }
    }

    /**
     * Starts libvips with one thread per image, without caches and messages and with the loaders of {@link ImageFormat}
     * alone, and returns its version.
     */
    private String start(NativeFunctions c) throws LibvipsMissingException {
        try (Arena arena = Arena.ofConfined()) {
            // A handler of messages that does nothing: a getter, which ignores the arguments that handlers get.
            MethodHandle setHandler =
                    c.bind("g_log_set_default_handler", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
            MemorySegment _ = (MemorySegment) setHandler.invokeExact(c.address("vips_cache_get_max"), NULL);
            if (c.getter("vips_init").applyAsInt(arena.allocateFrom("filejob")) != 0) {
                throw new LibvipsMissingException("libvips cannot be started; install another build of it");
            }
            c.setting("vips_concurrency_set").accept(1);
            c.setting("vips_cache_set_max").accept(0);
            c.setting("vips_block_untrusted_set").accept(1);
            MethodHandle block = c.bind("vips_operation_block_set", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT));
            block.invokeExact(arena.allocateFrom("VipsForeignLoad"), 1);
            for (String loader : LOADERS) {
                block.invokeExact(arena.allocateFrom("VipsForeignLoad" + loader), 0);
            }
            MethodHandle find = c.bind("vips_type_find", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS));
            MemorySegment operation = arena.allocateFrom("VipsOperation");
            for (ImageFormat format : ImageFormat.values()) {
                if ((long) find.invokeExact(operation, arena.allocateFrom(format.loader())) != 0) {
                    readable.add(format);
                }
                if ((long) find.invokeExact(operation, arena.allocateFrom(format.saver())) != 0) {
                    writable.add(format);
                }
            }
            MethodHandle versionText = c.bind("vips_version_string", FunctionDescriptor.of(ADDRESS));
            return string((MemorySegment) versionText.invokeExact());
        } catch (LibvipsMissingException | IllegalArgumentException e) {
            throw e;
        } catch (Throwable e) {
            throw NativeFunctions.unexpected(e);
        }
    }

    private static String string(MemorySegment pointer) {
        return pointer.reinterpret(Long.MAX_VALUE).getString(0);
    }

    /** Returns the version, such as {@code 8.18.7}. */
    String version() {
        return version;
    }

    boolean canRead(ImageFormat format) {
        return readable.contains(format);
    }

    boolean canWrite(ImageFormat format) {
        return writable.contains(format);
    }

    /** Returns the bytes that libvips itself has allocated now, for all images. Memory of codecs is not included. */
    long trackedBytes() {
        try {
            return (long) trackedBytes.invokeExact();
        } catch (Throwable e) {
            throw NativeFunctions.unexpected(e);
        }
    }

    /** Discards messages of errors. */
    void clearErrors() {
        try {
            clearErrors.invokeExact();
        } catch (Throwable e) {
            throw NativeFunctions.unexpected(e);
        }
    }

    /** Returns an image whose header is read. {@code file} must be native, and live until the image is released. */
    @Nullable
    MemorySegment load(MemorySegment file, String options) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(options);
            return pointer((MemorySegment) load.invokeExact(file, file.byteSize(), text, NULL));
        } catch (Throwable e) {
            throw NativeFunctions.unexpected(e);
        }
    }

    /** Returns the encoded image. {@code suffix} is an extension with options, such as {@code .jpg[Q=50]}. */
    byte @Nullable [] save(MemorySegment image, String suffix) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocate(ADDRESS);
            MemorySegment size = arena.allocate(JAVA_LONG);
            if ((int) save.invokeExact(image, arena.allocateFrom(suffix), data, size, NULL) != 0) {
                return null;
            }
            MemorySegment bytes = data.get(ADDRESS, 0);
            try {
                return bytes.reinterpret(size.get(JAVA_LONG, 0)).toArray(JAVA_BYTE);
            } finally {
                free.accept(bytes);
            }
        } catch (Throwable e) {
            throw NativeFunctions.unexpected(e);
        }
    }

    /** Returns an image that holds all pixels. */
    @Nullable
    MemorySegment decode(MemorySegment image) {
        try {
            return pointer((MemorySegment) decode.invokeExact(image));
        } catch (Throwable e) {
            throw NativeFunctions.unexpected(e);
        }
    }

    /** Returns the image with {@code horizontal} times the columns and {@code vertical} times the rows. */
    @Nullable
    MemorySegment resize(MemorySegment image, double horizontal, double vertical) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ADDRESS);
            MemorySegment option = arena.allocateFrom("vscale");
            int status = (int) resize.invokeExact(image, out, horizontal, option, vertical, NULL);
            return status == 0 ? out.get(ADDRESS, 0) : null;
        } catch (Throwable e) {
            throw NativeFunctions.unexpected(e);
        }
    }

    /** Returns the image in sRGB with 8 bits a sample, converted from its embedded profile, else from the usual one. */
    @Nullable
    MemorySegment toSrgb(MemorySegment image) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ADDRESS);
            MemorySegment profile = arena.allocateFrom("srgb");
            MemorySegment option = arena.allocateFrom("embedded");
            int status = (int) toSrgb.invokeExact(image, out, profile, option, 1, NULL);
            return status == 0 ? out.get(ADDRESS, 0) : null;
        } catch (Throwable e) {
            throw NativeFunctions.unexpected(e);
        }
    }

    boolean hasField(MemorySegment image, String field) {
        try (Arena arena = Arena.ofConfined()) {
            return (long) typeOf.invokeExact(image, arena.allocateFrom(field)) != 0;
        } catch (Throwable e) {
            throw NativeFunctions.unexpected(e);
        }
    }

    /** Returns the text of a field. */
    @Nullable
    String text(MemorySegment image, String field) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(ADDRESS);
            int status = (int) text.invokeExact(image, arena.allocateFrom(field), value);
            return status == 0 ? string(value.get(ADDRESS, 0)) : null;
        } catch (Throwable e) {
            throw NativeFunctions.unexpected(e);
        }
    }

    /** Returns the bytes of a field, which live as long as the image. */
    @Nullable
    MemorySegment blob(MemorySegment image, String field) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocate(ADDRESS);
            MemorySegment size = arena.allocate(JAVA_LONG);
            int status = (int) blob.invokeExact(image, arena.allocateFrom(field), data, size);
            return status == 0 ? data.get(ADDRESS, 0).reinterpret(size.get(JAVA_LONG, 0)) : null;
        } catch (Throwable e) {
            throw NativeFunctions.unexpected(e);
        }
    }

    void setField(MemorySegment image, String field, int value) {
        try (Arena arena = Arena.ofConfined()) {
            setInt.invokeExact(image, arena.allocateFrom(field), value);
        } catch (Throwable e) {
            throw NativeFunctions.unexpected(e);
        }
    }

    private static @Nullable MemorySegment pointer(MemorySegment result) {
        return result.equals(NULL) ? null : result;
    }
}
