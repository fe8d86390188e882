package io.filejob.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;

/**
 * A web server with images, at the address at which pods of the project's own cluster reach this machine. It can let
 * requests wait; a path that begins with {@code /missing} does not exist before {@link #find}.
 */
final class ImageServer implements AutoCloseable {
    private static final int SIDE = 200;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private final int free;
    private volatile boolean isMissing = true;

    /** Starts a server that answers {@code free} requests, and the others after {@link #release}. */
    ImageServer(int free) throws IOException {
        this.free = free;
        server = HttpServer.create(new InetSocketAddress(Cluster.host(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url(String path) {
        return "http://" + Cluster.host() + ":" + server.getAddress().getPort() + "/" + path;
    }

    int requests() {
        return requests.get();
    }

    /** Lets the missing images exist. */
    void find() {
        isMissing = false;
    }

    void release() {
        released.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (requests.incrementAndGet() > free) {
                released.await();
            }
            String path = exchange.getRequestURI().getPath();
            if (isMissing && path.startsWith("/missing")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] image = image(path.hashCode());
            exchange.getResponseHeaders().set("Content-Type", "image/png");
            exchange.sendResponseHeaders(200, image.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(image);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns an image of its own for each {@code seed}. */
    private static byte[] image(int seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        int base = random.nextInt(1 << 24);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                image.setRGB(x, y, base + (x << 16) + (y << 8) + random.nextInt(8));
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.shutdownNow();
    }
}
