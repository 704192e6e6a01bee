package dev.skyhedge.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Holds the fake against Amazon's JavaScript client. Asked for with `-Daws.node.directory=DIR`, where
/// `npm install @aws-sdk/client-ec2` was run in DIR.
class NodeClientIT {
    private static final long PATIENCE_SECONDS = 60;

    @Test
    @EnabledIfSystemProperty(named = "aws.node.directory", matches = ".+", disabledReason = "asked for by property")
    void anotherClientDrivesTheFakeEndToEnd() throws Exception {
        try (TestAws aws = new TestAws()) {
            Process client = new ProcessBuilder(
                            "node",
                            "src/test/node/second_client.mjs",
                            aws.cloud.endpoint().toString(),
                            System.getProperty("aws.node.directory"))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(client.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(output).endsWith("terminated\n");
            assertThat(client.exitValue()).isZero();
        }
    }
}
