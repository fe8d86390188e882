package io.filejob.image;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** The heap of the C library. */
@SuppressWarnings("restricted")
final class NativeHeap {
    /** {@code M_ARENA_MAX} of glibc's malloc.h. */
    private static final int M_ARENA_MAX = -8;

    private static final int ARENAS = 2;

    private NativeHeap() {}

    /**
     * Limits the number of heaps of this process: glibc gives threads heaps of their own, each of which keeps what the
     * largest image of the thread has taken. Does nothing with other C libraries. May be called from any thread.
     */
    static void limit() {
        Optional<MemorySegment> function = Linker.nativeLinker().defaultLookup().find("mallopt");
        if (function.isEmpty()) {
            return;
        }
        MethodHandle option = Linker.nativeLinker()
                .downcallHandle(function.get(), FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        try {
            int _ = (int) option.invokeExact(M_ARENA_MAX, ARENAS);
        } catch (Throwable e) {
            throw NativeFunctions.unexpected(e);
        }
    }
}
