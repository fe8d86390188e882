package io.filejob.storage.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.storage.http.HostGuard;
import io.filejob.storage.http.WebClient;
import java.nio.file.Path;

/**
 * Fetches files in tests.
 *
 * @param time the clock of the fetches
 * @param folder an existing folder, in which the file {@code target} is written
 */
record WebFetches(TestTime time, Path folder) {
    /** Fetches files one after the other with the same client, and returns the size of the last one in bytes. */
    long fetch(HostGuard guard, String... uris) throws FetchException {
        try (WebClient client = TestTime.client(guard)) {
            WebFetch fetches = time.fetches(client);
            long size = 0;
            for (String uri : uris) {
                size = fetches.fetch(BrowserUrl.parse(uri), folder.resolve("target"));
            }
            return size;
        }
    }

    /** Asserts that a file cannot be fetched. */
    void assertProblem(FetchProblem problem, String message, HostGuard guard, String... uris) {
        assertThatThrownBy(() -> fetch(guard, uris))
                .isInstanceOfSatisfying(
                        FetchException.class, e -> assertThat(e.problem()).isEqualTo(problem))
                .hasMessageContaining(message);
    }
}
