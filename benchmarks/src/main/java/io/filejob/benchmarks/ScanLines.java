package io.filejob.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code ScanLines FILE THREADS [ROUNDS]}: prints the number of line breaks in the file and, if ROUNDS is given, the
 * CPU seconds of a round after compilation: the mean of the later half.
 */
public final class ScanLines {
    private ScanLines() {}

    /** Runs the scan. */
    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        Path file = Path.of(args[0]);
        int threads = Integer.parseInt(args[1]);
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        int cold = rounds / 2;
        long lines = 0;
        long started = 0;
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (int round = 0; round < rounds; round++) {
                if (round == cold) {
                    started = system.getProcessCpuTime();
                }
                lines = count(file, threads, executor);
            }
        }
        double seconds = (system.getProcessCpuTime() - started) / 1e9 / (rounds - cold);
        System.out.println(rounds > 1 ? lines + " " + seconds : String.valueOf(lines));
    }

    private static long count(Path file, int threads, ExecutorService executor)
            throws IOException, InterruptedException, ExecutionException {
        long size = Files.size(file);
        List<Future<Long>> parts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            long from = size / threads * i;
            long to = i == threads - 1 ? size : size / threads * (i + 1);
            parts.add(executor.submit(() -> new NewlineScan().count(file, from, to)));
        }
        long lines = 0;
        for (Future<Long> part : parts) {
            lines += part.get();
        }
        return lines;
    }
}
