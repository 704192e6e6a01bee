package dev.skyhedge.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.cloud.contract.NodeClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Holds the fake against Amazon's JavaScript client. Asked for with `-Daws.node.directory=DIR`, where
/// `npm install @aws-sdk/client-ec2` was run in DIR.
class NodeClientIT {
    @Test
    @EnabledIfSystemProperty(named = "aws.node.directory", matches = ".+", disabledReason = "asked for by property")
    void anotherClientDrivesTheFakeEndToEnd() throws Exception {
        try (TestAws aws = new TestAws()) {
            String said = NodeClient.run(
                    "src/test/node/second_client.mjs",
                    Path.of(""),
                    aws.cloud.endpoint().toString(),
                    System.getProperty("aws.node.directory"));

            assertThat(said).endsWith("terminated\n");
        }
    }
}
