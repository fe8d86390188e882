package io.filejob.image;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The heap of the C library, as far as it can be kept small: glibc gives threads heaps of their own, each of which keeps what
 * the largest image of the thread has taken. Does nothing with other C libraries. Thread-safe.
 */
@SuppressWarnings("restricted")
final class NativeHeap {
    /** {@code M_ARENA_MAX} of glibc's malloc.h. */
    private static final int M_ARENA_MAX = -8;

    private static final int ARENAS = 2;
    /** The size of an input, in bytes, from which the memory of its compression is given back at once. */
    private static final long MIN_TRIMMED = 1 << 20;

    private final Optional<MethodHandle> trim;

    /** Limits the number of heaps of this process. */
    NativeHeap() {
        SymbolLookup library = Linker.nativeLinker().defaultLookup();
        trim = bind(library, "malloc_trim", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
        bind(library, "mallopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT))
                .ifPresent(option -> {
                    try {
                        int _ = (int) option.invokeExact(M_ARENA_MAX, ARENAS);
                    } catch (Throwable e) {
                        throw NativeFunctions.unexpected(e);
                    }
                });
    }

    private static Optional<MethodHandle> bind(SymbolLookup library, String name, FunctionDescriptor descriptor) {
        return library.find(name).map(address -> Linker.nativeLinker().downcallHandle(address, descriptor));
    }

    /** Gives the memory that the compression of an input of this size has freed back to the system, if it may be much. */
    void trimAfter(long inputBytes) {
        if (inputBytes >= MIN_TRIMMED) {
            trim.ifPresent(handle -> {
                try {
                    int _ = (int) handle.invokeExact(0L);
                } catch (Throwable e) {
                    throw NativeFunctions.unexpected(e);
                }
            });
        }
    }
}
