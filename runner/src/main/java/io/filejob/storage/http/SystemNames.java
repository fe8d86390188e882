package io.filejob.storage.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The name service of this machine. Its calls are native and cannot be interrupted: in a virtual thread, one that waits
 * for a silent name server would keep its carrier from all other requests, so they have threads of their own.
 */
final class SystemNames {
    private static final int SECONDS = 20;
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("names-", 0).factory());

    private SystemNames() {}

    static InetAddress[] addresses(String host) throws UnknownHostException {
        Future<InetAddress[]> addresses = THREADS.submit(() -> InetAddress.getAllByName(host));
        try {
            return addresses.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (TimeoutException e) {
            throw temporary(host, "no response within " + SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw temporary(host, "interrupted", e);
        }
    }

    private static UnknownHostException failure(ExecutionException e) {
        return switch (e.getCause()) {
            case UnknownHostException unknown -> unknown;
            case RuntimeException other -> throw other;
            case null, default -> throw new IllegalStateException(e);
        };
    }

    /** Returns a failure with the words of the C library for one that may be over soon. */
    private static UnknownHostException temporary(String host, String how, Exception cause) {
        UnknownHostException failure =
                new UnknownHostException(host + ": Temporary failure in name resolution: " + how);
        failure.initCause(cause);
        return failure;
    }
}
