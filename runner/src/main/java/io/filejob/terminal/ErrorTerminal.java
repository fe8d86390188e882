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
 * The terminal at standard error. {@link System#console} does not know it if standard output goes elsewhere, so the C
 * library is asked. For one thread.
 */
@SuppressWarnings("restricted")
public final class ErrorTerminal {
    private static final int STANDARD_ERROR = 2;
    private static final int DEFAULT_COLUMNS = 80;
    /** The request for the size of a window: {@code TIOCGWINSZ} of ioctl_tty(2), and of macOS. */
    private static final long WINDOW_SIZE =
            System.getProperty("os.name", "").startsWith("Mac") ? 0x4008_7468L : 0x5413L;

    private final MethodHandle ioctl;

    private ErrorTerminal(MethodHandle ioctl) {
        this.ioctl = ioctl;
    }

    /**
     * Returns the terminal; null if standard error is not one, or one that cannot move its cursor, which the variable
     * {@code TERM} says by {@code dumb} or by its absence.
     */
    public static @Nullable ErrorTerminal find(Map<String, String> environment) {
        String type = environment.getOrDefault("TERM", "");
        if (type.isEmpty() || type.equals("dumb")) {
            return null;
        }
        try {
            Linker linker = Linker.nativeLinker();
            MethodHandle isTerminal = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("isatty"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            if ((int) isTerminal.invokeExact(STANDARD_ERROR) == 0) {
                return null;
            }
            return new ErrorTerminal(linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("ioctl"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                    Linker.Option.firstVariadicArg(2)));
        } catch (Throwable e) {
            // Without native access, progress is written in lines.
            return null;
        }
    }

    /** Returns the current width of the window in columns; 80 if it is not known. */
    public int columns() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, 4);
            int status = (int) ioctl.invokeExact(STANDARD_ERROR, WINDOW_SIZE, size);
            int columns = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 1));
            return status != 0 || columns == 0 ? DEFAULT_COLUMNS : columns;
        } catch (Throwable e) {
            return DEFAULT_COLUMNS;
        }
    }
}
