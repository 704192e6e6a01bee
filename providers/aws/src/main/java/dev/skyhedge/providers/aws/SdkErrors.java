package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.failures.CloudError;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Scope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/// Translates the SDK's exceptions, once.
final class SdkErrors {
    private static final int UNAUTHORIZED = 401;
    private static final String UNEXPLAINED_REFUSAL = "EC2 refused the credentials. Check that the access key is active"
            + " and its session has not expired, that the region is enabled for the account, and this machine's clock";

    private SdkErrors() {}

    static Failure failure(SdkException thrown, Scope scope) {
        if (thrown instanceof SdkClientException
                && String.valueOf(thrown.getMessage()).startsWith(DefaultCredentials.NONE)) {
            return new Failure.Denied(String.valueOf(thrown.getMessage()));
        }
        return Ec2Failures.failure(error(thrown), scope);
    }

    /// What EC2 said. An answer of 2xx or 3xx that the SDK could not read counts as none.
    static CloudError error(SdkException thrown) {
        if (!(thrown instanceof AwsServiceException said)) {
            return CloudError.unanswered(reason(thrown));
        }
        if (said.statusCode() == UNAUTHORIZED) {
            // The JDK's client keeps the body of such an answer to itself, so EC2's own code is not known.
            return new CloudError(
                    UNAUTHORIZED, "AuthFailure", UNEXPLAINED_REFUSAL, text(said.requestId()), Optional.empty());
        }
        AwsErrorDetails details = said.awsErrorDetails();
        return new CloudError(
                said.statusCode(),
                details == null ? "" : text(details.errorCode()),
                details == null ? "" : text(details.errorMessage()),
                text(said.requestId()),
                Optional.empty());
    }

    private static String reason(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String text = String.valueOf(thrown.getMessage());
        return cause == thrown ? text : text + " (" + cause + ")";
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
