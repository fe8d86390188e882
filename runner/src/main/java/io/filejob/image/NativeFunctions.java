package io.filejob.image;

import static java.lang.foreign.MemorySegment.NULL;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Binds functions of a C library, those of usual kinds to functional interfaces. Thread-safe, as the results are. */
@SuppressWarnings("restricted")
final class NativeFunctions {
    private final SymbolLookup library;

    /** A function {@code int f(void *in, void **out, ...)} without options. */
    @FunctionalInterface
    interface NativeOperation {
        /** Returns the output, or null if the function fails. */
        @Nullable
        MemorySegment apply(MemorySegment in);
    }

    /** A function {@code int f(void *in, void **out, int argument, ...)} without options. */
    @FunctionalInterface
    interface OperationWithInt {
        /** Returns the output, or null if the function fails. */
        @Nullable
        MemorySegment apply(MemorySegment in, int argument);
    }

    NativeFunctions(SymbolLookup library) {
        this.library = library;
    }

    /** Wraps an error of a call itself, such as arguments of other types than those of the function, which is a bug. */
    static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("a native function could not be called", e);
    }

    /** Returns the address of a function; throws {@link IllegalArgumentException} if there is none of that name. */
    MemorySegment address(String name) {
        return library.find(name)
                .orElseThrow(() -> new IllegalArgumentException("the function " + name + " is missing"));
    }

    /** Binds a function without variable arguments. */
    MethodHandle bind(String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(address(name), descriptor);
    }

    /** Binds a function that returns an {@code int} and whose arguments from number {@code fixed} on are variable. */
    MethodHandle bindVariadic(String name, int fixed, MemoryLayout... arguments) {
        FunctionDescriptor descriptor = FunctionDescriptor.of(JAVA_INT, arguments);
        return Linker.nativeLinker().downcallHandle(address(name), descriptor, Linker.Option.firstVariadicArg(fixed));
    }

    /** Binds {@code int f(void *)}. */
    ToIntFunction<MemorySegment> getter(String name) {
        MethodHandle handle = bind(name, FunctionDescriptor.of(JAVA_INT, ADDRESS));
        return object -> {
            try {
                return (int) handle.invokeExact(object);
            } catch (Throwable e) {
                throw unexpected(e);
            }
        };
    }

    /** Binds {@code void f(void *)}. */
    Consumer<MemorySegment> consumer(String name) {
        MethodHandle handle = bind(name, FunctionDescriptor.ofVoid(ADDRESS));
        return object -> {
            try {
                handle.invokeExact(object);
            } catch (Throwable e) {
                throw unexpected(e);
            }
        };
    }

    /** Binds {@code void f(int)}. */
    IntConsumer setting(String name) {
        MethodHandle handle = bind(name, FunctionDescriptor.ofVoid(JAVA_INT));
        return value -> {
            try {
                handle.invokeExact(value);
            } catch (Throwable e) {
                throw unexpected(e);
            }
        };
    }

    /** Binds {@code int f(void *in, void **out, ...)}. */
    NativeOperation operation(String name) {
        MethodHandle handle = bindVariadic(name, 2, ADDRESS, ADDRESS, ADDRESS);
        return in -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment out = arena.allocate(ADDRESS);
                return (int) handle.invokeExact(in, out, NULL) == 0 ? out.get(ADDRESS, 0) : null;
            } catch (Throwable e) {
                throw unexpected(e);
            }
        };
    }

    /** Binds {@code int f(void *in, void **out, int, ...)}. */
    OperationWithInt operationWithInt(String name) {
        MethodHandle handle = bindVariadic(name, 3, ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
        return (in, argument) -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment out = arena.allocate(ADDRESS);
                return (int) handle.invokeExact(in, out, argument, NULL) == 0 ? out.get(ADDRESS, 0) : null;
            } catch (Throwable e) {
                throw unexpected(e);
            }
        };
    }
}
