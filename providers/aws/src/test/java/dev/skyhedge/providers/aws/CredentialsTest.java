package dev.skyhedge.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;

/// What is said where the default chain of credentials has none to give.
class CredentialsTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void nothingElse() throws IOException {
        System.setProperty(
                "aws.configFile", Files.createFile(directory.resolve("config")).toString());
        System.setProperty(
                "aws.sharedCredentialsFile",
                Files.createFile(directory.resolve("credentials")).toString());
        System.setProperty("aws.disableEc2Metadata", "true");
    }

    @AfterEach
    void forget() {
        System.clearProperty("aws.configFile");
        System.clearProperty("aws.sharedCredentialsFile");
        System.clearProperty("aws.disableEc2Metadata");
        System.clearProperty("aws.profile");
    }

    private String saidOf(String profile, String config) throws IOException {
        Files.writeString(directory.resolve("config"), config);
        System.setProperty("aws.profile", profile);
        try (var clients = new RegionClients(Optional.empty())) {
            clients.in("us-east-1").describeRegions();
        } catch (SdkException e) {
            Failure failure = SdkErrors.failure(e, Ec2Calls.region("us-east-1"));
            assertThat(failure).isInstanceOf(Failure.Denied.class);
            return failure.message();
        }
        throw new AssertionError("There are credentials");
    }

    @Test
    void aProfileThatDoesNotExistIsNamed() throws IOException {
        assertThat(saidOf("work", "[default]\nregion = us-east-1\n")).contains("work");
    }

    @Test
    void aSessionOfSingleSignOnThatIsMissingIsNamed() throws IOException {
        String said = saidOf("work", """
                [profile work]
                sso_session = corp
                sso_account_id = 123456789012
                sso_role_name = ml
                region = us-east-1

                [sso-session corp]
                sso_region = us-east-1
                sso_start_url = https://corp.awsapps.com/start
                sso_registration_scopes = sso:account:access
                """);

        assertThat(said).contains("aws sso login").doesNotContain("must be on the class path");
    }

    @Test
    void aProcessThatFailsIsNamed() throws IOException {
        String said = saidOf("work", "[profile work]\ncredential_process = /bin/false\n");

        assertThat(said).contains("Failed to refresh process-based credentials", "exit");
    }

    @Test
    void theReasonIsSaidOnce() throws IOException {
        String said = saidOf("work", "[default]\nregion = us-east-1\n");

        assertThat(said)
                .containsOnlyOnce("no credentials for profile")
                .doesNotContain("ProfileFile(", "CredentialsProvider");
    }
}
