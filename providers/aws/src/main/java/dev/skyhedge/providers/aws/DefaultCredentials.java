package dev.skyhedge.providers.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/// The SDK's default chain, which says in one sentence why it has nothing to give. The SDK names each link of the
/// chain and prints the files that it has read; what people have set up, and what fails, is nearly always a profile.
final class DefaultCredentials implements AwsCredentialsProvider, AutoCloseable {
    /// How the message of a failure begins that no call to AWS was made for.
    static final String NONE = "No AWS credentials were found";

    /// Where the SDK begins to print the files that it has read.
    private static final String FILES = ": ProfileFile(";

    private final DefaultCredentialsProvider chain =
            DefaultCredentialsProvider.builder().build();

    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return chain.resolveCredentials();
        } catch (SdkClientException e) {
            throw SdkClientException.create(
                    NONE + ": profile \"" + ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow() + "\": "
                            + profileReason() + ". Nor are there any in the environment, or in the role of a container"
                            + " or of this instance",
                    e);
        }
    }

    private static String profileReason() {
        try (var profile = ProfileCredentialsProvider.create()) {
            profile.resolveCredentials();
            return "has some now";
        } catch (SdkClientException | IllegalStateException | IllegalArgumentException e) {
            Throwable cause = e.getCause();
            String reason = first(e) + (cause == null ? "" : " (" + first(cause) + ")");
            return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
        }
    }

    private static String first(Throwable thrown) {
        String text = String.valueOf(thrown.getMessage());
        int files = text.indexOf(FILES);
        return (files < 0 ? text : text.substring(0, files))
                .replaceAll("\\s+", " ")
                .strip();
    }

    @Override
    public void close() {
        chain.close();
    }
}
