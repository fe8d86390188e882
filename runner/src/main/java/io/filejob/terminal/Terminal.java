package io.filejob.terminal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The terminal at standard output or at standard error. {@link System#console} knows neither if the other one goes
 * elsewhere, so the C library is asked. For one thread.
 */
@SuppressWarnings("restricted")
public final class Terminal {
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;
    private static final int DEFAULT_COLUMNS = 80;
    /** The request for the size of a window: {@code TIOCGWINSZ} of ioctl_tty(2), and of macOS. */
    private static final long WINDOW_SIZE =
            System.getProperty("os.name", "").startsWith("Mac") ? 0x4008_7468L : 0x5413L;

    private final int descriptor;
    private final MethodHandle ioctl;

    private Terminal(int descriptor, MethodHandle ioctl) {
        this.descriptor = descriptor;
        this.ioctl = ioctl;
    }

    /**
     * Returns the terminal at standard error; null if that is not one, or one that cannot move its cursor, which the
     * variable {@code TERM} says by {@code dumb} or by its absence.
     */
    public static @Nullable Terminal atStandardError(Map<String, String> environment) {
        String type = environment.getOrDefault("TERM", "");
        return type.isEmpty() || type.equals("dumb") ? null : at(STANDARD_ERROR);
    }

    /** Returns the terminal at standard output; null if that is not one. */
    public static @Nullable Terminal atStandardOutput() {
        return at(STANDARD_OUTPUT);
    }

    private static @Nullable Terminal at(int descriptor) {
        try {
            Linker linker = Linker.nativeLinker();
            MethodHandle isTerminal = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("isatty"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            if ((int) isTerminal.invokeExact(descriptor) == 0) {
                return null;
            }
            return new Terminal(
                    descriptor,
                    linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("ioctl"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.ADDRESS),
                            Linker.Option.firstVariadicArg(2)));
        } catch (Throwable e) {
            // Without native access, output is that for files.
            return null;
        }
    }

    /** Returns the current width of the window in columns; 80 if it is not known. */
    public int columns() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, 4);
            int status = (int) ioctl.invokeExact(descriptor, WINDOW_SIZE, size);
            int columns = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 1));
            return status != 0 || columns == 0 ? DEFAULT_COLUMNS : columns;
        } catch (Throwable e) {
            return DEFAULT_COLUMNS;
        }
    }
}
