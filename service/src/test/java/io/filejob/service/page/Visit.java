package io.filejob.service.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.filejob.service.LocalService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The visit of a person with a browser. When it ends, the browser's console must be empty, which fails for any violation of
 * the content security policy.
 */
final class Visit implements AutoCloseable {
    private static final String AXE = readAxe();

    private final URI service;
    private final String label;
    private final BrowserContext context;
    private final Page page;
    private final List<String> console = new CopyOnWriteArrayList<>();

    private Visit(URI service, ColorScheme scheme, int width) {
        this.service = service;
        this.label = scheme.name().toLowerCase(Locale.ROOT) + "-" + width;
        this.context = TestBrowser.context(scheme, width);
        this.page = context.newPage();
        page.onConsoleMessage(message -> console.add(message.type() + ": " + message.text() + " at " + page.url()));
        page.onPageError(error -> console.add("error: " + error + " at " + page.url()));
    }

    /** Opens the URL with the token, as a person does first. */
    static Visit signedIn(URI service) {
        return signedIn(service, ColorScheme.LIGHT, 1280);
    }

    /** Begins without credentials. */
    static Visit anonymous(URI service) {
        return new Visit(service, ColorScheme.LIGHT, 1280);
    }

    static Visit signedIn(URI service, ColorScheme scheme, int width) {
        Visit visit = new Visit(service, scheme, width);
        visit.open("/?token=" + LocalService.TOKEN);
        return visit;
    }

    /** Returns a visit without a token. */
    static Visit stranger(URI service) {
        return new Visit(service, ColorScheme.LIGHT, 1280);
    }

    Page page() {
        return page;
    }

    /** Opens a page of the service. */
    void open(String path) {
        page.navigate(service.resolve(path).toString());
    }

    /** Returns the console's messages until now, and forgets them. */
    List<String> takeConsole() {
        List<String> messages = List.copyOf(console);
        console.clear();
        return messages;
    }

    /** Returns violations of accessibility rules (WCAG 2.2, levels A and AA) on the open page. */
    List<String> violations() {
        page.evaluate(AXE);
        Object found = page.evaluate("""
                async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}))
                  .violations.flatMap(v => v.nodes.map(n => v.id + ' ' + n.target.join(' ') + ': ' + n.failureSummary))
                """);
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    /** Writes a picture of the open page, for people, into the folder of build output. */
    void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target", "screenshots", name + "-" + label + ".png")));
    }

    /** Returns by how many pixels the page is wider than the window. */
    int overflow() {
        return ((Number) page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")).intValue();
    }

    @Override
    public void close() {
        context.close();
        assertThat(console).as("the browser's console").isEmpty();
    }

    private static String readAxe() {
        try (InputStream script = Objects.requireNonNull(Visit.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
