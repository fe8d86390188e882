package io.filejob.service.page;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A web server of the pictures and files in a folder. */
record PictureServer(HttpServer server, Path folder) implements AutoCloseable {
    static PictureServer start(Path folder) {
        HttpServer server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), folder, OutputLevel.NONE);
        server.start();
        return new PictureServer(server, folder);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Draws a picture. */
    void picture(String name, Color colour) throws IOException {
        BufferedImage image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < 480; i += 4) {
            graphics.setColor(i % 8 == 0 ? colour : colour.darker());
            graphics.fillOval(i / 2, i / 3, 640 - i, 480 - i);
        }
        graphics.dispose();
        ImageIO.write(image, "jpg", folder.resolve(name).toFile());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
