package io.filejob.service.page;

import io.filejob.security.Sha256;
import io.quarkus.qute.TemplateExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** The URLs of style sheets, scripts and icons. They contain a digest or a version, since browsers keep the files. */
final class PageAssets {
    private static final String PATH = "/assets/";
    private static final Map<String, String> URLS = new ConcurrentHashMap<>();

    private PageAssets() {}

    /** Returns the URL of a file of these pages. */
    @TemplateExtension(namespace = "asset")
    static String own(String name) {
        return URLS.computeIfAbsent(name, file -> PATH + file + "?v=" + digest("/META-INF/resources" + PATH + file));
    }

    /** Returns the URL of a file of a library. */
    @TemplateExtension(namespace = "asset")
    static String library(String name, String file) {
        return URLS.computeIfAbsent(name + "/" + file, key -> "/webjars/" + name + "/" + version(name) + "/" + file);
    }

    private static String version(String library) {
        Properties properties = new Properties();
        try (InputStream content = open("/META-INF/maven/org.webjars.npm/" + library + "/pom.properties")) {
            properties.load(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static String digest(String resource) {
        try (InputStream content = open(resource)) {
            return Sha256.of(content.readAllBytes()).substring(7, 15);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) {
        return Objects.requireNonNull(PageAssets.class.getResourceAsStream(resource), resource);
    }
}
