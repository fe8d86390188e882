package io.filejob.service.docs;

import io.filejob.service.LocalService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service responds to generated requests as the description of its API says. */
@QuarkusTest
@QuarkusTestResource(LocalService.class)
class DescriptionTest {
    @TestHTTPResource("/")
    URI service;

    @TempDir
    Path folder;

    /** Excepted are streams of events, which do not end, and paths of a namespace, which are the same operations. */
    @Test
    void theServiceRespondsToGeneratedRequestsAsItsDescriptionSays() throws IOException, InterruptedException {
        new Schemathesis(service, folder).run("--exclude-path-regex", "/namespaces/|/events$");
    }
}
