package dev.skyhedge.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skyhedge.providers.aws.fake.FakeEc2;
import dev.skyhedge.providers.aws.fake.World;
import dev.skyhedge.providers.cloud.contract.Outcomes;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LocationPattern;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds the fake, and what the plugin sends, against Amazon's own Python client and its description of EC2.
/// Needs the Debian packages `python3-boto3` and `python3-botocore`; skipped where they are not installed.
class BotocoreIT {
    private static final String PYTHON = "/usr/bin/python3";
    private static final Path SCRIPTS = Path.of("src", "test", "python");
    private static final long PATIENCE_SECONDS = 60;

    private record Run(int exit, String output) {}

    private final TestAws aws = new TestAws();

    @BeforeAll
    static void requireBoto3() throws Exception {
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), "there is no " + PYTHON);
        assumeTrue(run("-c", "import boto3, botocore").exit == 0, "python3-boto3 is not installed");
    }

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void anotherClientDrivesTheFakeEndToEnd() throws Exception {
        Run client = run(
                SCRIPTS.resolve("second_client.py").toString(),
                aws.cloud.endpoint().toString());

        assertThat(client.output).endsWith("terminated\n");
        assertThat(client.exit).isZero();
    }

    @Test
    void everyCallAndEveryReplyIsModelled(@TempDir Path directory) throws Exception {
        useEverything();
        Path file = directory.resolve("exchanges");
        List<String> lines = new ArrayList<>();
        aws.cloud.exchanges().forEach(exchange -> lines.add(json(exchange)));
        Files.write(file, lines);

        Run check = run(SCRIPTS.resolve("check_wire.py").toString(), file.toString());

        assertThat(check.exit).as(check.output).isZero();
        assertThat(check.output)
                .contains(
                        "CancelSpotInstanceRequests",
                        "DescribeImages",
                        "DescribeInstanceTypeOfferings",
                        "DescribeInstances",
                        "DescribeRegions",
                        "DescribeSecurityGroups",
                        "DescribeSpotInstanceRequests",
                        "DescribeSpotPriceHistory",
                        "DescribeSubnets",
                        "GetConsoleOutput",
                        "RunInstances",
                        "TerminateInstances");
    }

    /// Makes the plugin send all that it can send.
    private void useEverything() {
        aws.with("regions", List.of("us-east-1"))
                .with("image", World.IMAGE.id())
                .with("network", "vpc-0default")
                .with("public_address", true)
                .with("firewall", "sg-0open")
                .with("identity", "worker")
                .with("ssh_key", "mine")
                .with("disk_gb", BigDecimal.valueOf(200));
        try (AwsProvider client = aws.client()) {
            Outcomes.done(client.account());
            client.reach(List.of(LocationPattern.parse("aws")), new TreeSet<>(List.of(8000)));
            Outcomes.done(client.offers(TestAws.ANYTHING));
            Instance spot = Outcomes.done(client.launch(TestAws.request("chat-1", TestAws.spot("us-east-1a"))));
            Outcomes.done(client.launch(TestAws.request("chat-2", TestAws.onDemand("us-east-1b"))));
            aws.clock.advance(Duration.ofSeconds(5));
            aws.cloud.everybodySays("ready\n");
            Outcomes.done(client.observe(TestAws.LINEAGE));
            Outcomes.done(client.observe(""));
            Outcomes.done(client.logs(spot.id(), spot.offer().location(), 0, 1000));
            Outcomes.done(new SpotRequests(client.calls()).announced("us-east-1", TestAws.LINEAGE));
            Outcomes.failure(client.logs("i-999999", spot.offer().location(), 0, 1000));
            Outcomes.done(client.terminate(spot.id(), spot.offer().location()));
            Outcomes.done(client.observe(TestAws.LINEAGE));
        }
    }

    private static Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("AWS_CONFIG_FILE", "/dev/null");
        builder.environment().put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("No end after " + PATIENCE_SECONDS + " s: " + output);
        }
        return new Run(process.exitValue(), output);
    }

    private static String json(FakeEc2.Exchange exchange) {
        StringBuilder parameters = new StringBuilder();
        for (Map.Entry<String, String> one : exchange.parameters().entrySet()) {
            parameters
                    .append(parameters.isEmpty() ? "" : ",")
                    .append(quoted(one.getKey()))
                    .append(':')
                    .append(quoted(one.getValue()));
        }
        return "{\"action\":" + quoted(exchange.action()) + ",\"parameters\":{" + parameters + "},\"status\":"
                + exchange.status() + ",\"reply\":" + quoted(exchange.reply()) + "}";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
