package io.filejob.service.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The Chromium of all test classes, which ends with this JVM. */
final class TestBrowser {
    private static final int WAIT_MILLIS = 120_000;

    private TestBrowser() {}

    /** Returns a new context of the browser: without cookies, and with its own settings. */
    static BrowserContext context(ColorScheme scheme, int width) {
        BrowserContext context = SharedChromium.BROWSER.newContext(new Browser.NewContextOptions()
                .setColorScheme(scheme)
                .setViewportSize(width, 900)
                // The certificates of servers in tests.
                .setIgnoreHTTPSErrors(true));
        context.setDefaultTimeout(WAIT_MILLIS);
        return context;
    }

    /** Starts the browser when it is first needed. */
    private static final class SharedChromium {
        static final Browser BROWSER = start();

        private SharedChromium() {}

        private static Browser start() {
            String program = Objects.requireNonNull(
                    System.getenv("FILEJOB_CHROMIUM"),
                    "FILEJOB_CHROMIUM is not set; set it to the output of scripts/chromium");
            PlaywrightAssertions.setDefaultAssertionTimeout(WAIT_MILLIS);
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
            return playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(Path.of(program))
                            .setTimeout(WAIT_MILLIS)
                            .setArgs(List.of(
                                    "--no-sandbox",
                                    "--disable-gpu",
                                    "--disable-quic",
                                    "--no-first-run",
                                    "--disable-background-networking",
                                    "--disable-component-update",
                                    "--disable-sync")));
        }
    }
}
