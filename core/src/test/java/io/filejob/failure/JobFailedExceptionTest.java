package io.filejob.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class JobFailedExceptionTest {
    @ParameterizedTest
    @EnumSource(value = ExitCode.class, names = "DONE", mode = EnumSource.Mode.EXCLUDE)
    void anInterruptedThreadIsNoFailureOfAFile(ExitCode code) {
        assertThat(new JobFailedException(code, "a", new ClosedByInterruptException()).exitCode())
                .isEqualTo(ExitCode.INTERRUPTED);
        assertThat(new JobFailedException(code, "a", new FileLockInterruptionException()).exitCode())
                .isEqualTo(ExitCode.INTERRUPTED);
        assertThat(new JobFailedException(code, "a", new IOException()).exitCode())
                .isEqualTo(code);
    }
}
