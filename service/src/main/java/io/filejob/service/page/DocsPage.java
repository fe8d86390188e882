package io.filejob.service.page;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The page that shows the API with Swagger UI, whose files the server has below the same path. The server's own page needs
 * scripts in the page, which the content security policy of this service forbids.
 */
@Singleton
public final class DocsPage {
    private static final String PATH = "/api/docs";
    private static final int BEFORE_FILES = -100;
    /** Swagger UI has pictures in its style sheet. */
    private static final String POLICY = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none';"
            + " form-action 'self'; base-uri 'none'; object-src 'none'";

    void register(@Observes Router router) {
        for (String path : List.of(PATH, PATH + "/", PATH + "/index.html")) {
            router.get(path).order(BEFORE_FILES).handler(DocsPage::respond);
        }
    }

    private static void respond(RoutingContext request) {
        request.response()
                .putHeader("Content-Type", "text/html;charset=UTF-8")
                .putHeader("Content-Security-Policy", POLICY)
                .end("""
                        <!DOCTYPE html>
                        <html lang="en">
                        <head>
                          <meta charset="utf-8">
                          <meta name="viewport" content="width=device-width, initial-scale=1">
                          <title>API · FileJob</title>
                          <link rel="icon" href="%s" type="image/svg+xml">
                          <link rel="stylesheet" href="/api/docs/swagger-ui.css">
                          <link rel="stylesheet" href="%s">
                        </head>
                        <body>
                          <main>
                            <h1>The API of FileJob</h1>
                            <div id="swagger-ui"></div>
                          </main>
                          <script src="/api/docs/swagger-ui-bundle.js"></script>
                          <script src="%s"></script>
                        </body>
                        </html>
                        """.formatted(PageAssets.own("mark.svg"), PageAssets.own("docs.css"), PageAssets.own("docs.js")));
    }
}
