package io.filejob.service.page;

import io.filejob.service.upload.MultipartUploads;
import io.filejob.service.upload.UploadStore;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Tells the forms for new jobs whether browsers send the parts of a file to the object storage themselves, and permits
 * connections of these pages to its origin then, and to no other one.
 */
@Named("directUploads")
@Singleton
public final class DirectUploads {
    private static final String HEADER = "Content-Security-Policy";
    private static final int BEFORE_PAGES = -100;

    private final UploadStore store;
    private final String policy;

    DirectUploads(
            UploadStore store,
            @ConfigProperty(name = "quarkus.http.header.\"Content-Security-Policy\".value") String policy) {
        this.store = store;
        this.policy = policy;
    }

    void register(@Observes Router router) {
        store.multipart()
                .map(MultipartUploads::origin)
                .ifPresent(origin -> router.get("/new/*").order(BEFORE_PAGES).handler(request -> {
                    request.response().putHeader(HEADER, policy + "; connect-src 'self' " + origin);
                    request.next();
                }));
    }

    /** Returns whether browsers reach the storage. */
    public boolean isOffered() {
        return store.multipart().isPresent();
    }
}
