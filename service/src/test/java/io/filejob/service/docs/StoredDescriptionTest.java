package io.filejob.service.docs;

import io.filejob.service.BucketService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service with uploads in object storage that clients reach responds to generated uploads as its description says. */
@QuarkusTest
@QuarkusTestResource(value = BucketService.class, restrictToAnnotatedClass = true)
class StoredDescriptionTest {
    @TestHTTPResource("/")
    URI service;

    @TempDir
    Path folder;

    @Test
    void theServiceRespondsToGeneratedUploadsAsItsDescriptionSays() throws IOException, InterruptedException {
        new Schemathesis(service, folder).run("--include-path-regex", "/(files|uploads|multipart-uploads)(/|$)");
    }
}
