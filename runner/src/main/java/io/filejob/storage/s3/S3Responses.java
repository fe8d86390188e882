package io.filejob.storage.s3;

import io.filejob.failure.JobFailedException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Proxy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Turns the exceptions of a client that cannot use a response, such as an ETag that no request can contain, into {@link
 * SdkException}s, as which it reports all other failures.
 */
final class S3Responses {
    private static final Object[] NO_ARGUMENTS = {};

    private S3Responses() {}

    /** Returns {@code client} with these exceptions turned. */
    static S3Client checked(S3Client client) {
        return (S3Client) Proxy.newProxyInstance(
                S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, (_, method, arguments) -> {
                    try {
                        // Not reflection, whose native frames would keep a virtual thread on its carrier while it
                        // waits.
                        return MethodHandles.publicLookup()
                                .unreflect(method)
                                .bindTo(client)
                                .invokeWithArguments(arguments == null ? NO_ARGUMENTS : arguments);
                    } catch (Throwable e) {
                        throw turned(e);
                    }
                });
    }

    private static Throwable turned(Throwable failure) {
        return switch (failure) {
            case SdkException known -> known;
            case JobFailedException known -> known;
            // The parser calls itself for each level of a document.
            case StackOverflowError deep ->
                SdkClientException.create("the response is nested too deeply", new IllegalArgumentException(deep));
            case RuntimeException unusable -> SdkClientException.create("the response cannot be used", unusable);
            default -> failure;
        };
    }
}
