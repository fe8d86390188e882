package io.filejob.e2e;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The result is independent of the number of workers and their location. */
final class ResultTest {
    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void theResultIsThatOfALocalRunBitForBit(int workers) {
        sandbox.submit(Manifest.average("same", workers, 60, 50_000)).awaitResult();
    }
}
