package dev.skyhedge.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.aws.fake.Faults;
import dev.skyhedge.providers.cloud.contract.Outcomes;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.Tag;

/// Replies of EC2, Nova and Eucalyptus that Apache jclouds has recorded since 2009: older than much of what is
/// asked for today, and from more than one implementation of the API. What they leave out must not matter.
class RecordedRepliesTest {
    private final TestAws aws = new TestAws();
    private final AwsProvider client = aws.client();

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    @Test
    void launchIsRead() throws IOException {
        answer("RunInstances", "run_instances.xml");

        Instance instance = Outcomes.done(client.launch(TestAws.request("chat-1", TestAws.spot("us-east-1b"))));

        assertThat(instance.id()).isEqualTo("i-2ba64342");
        assertThat(instance.state()).isEqualTo(InstanceState.PENDING);
        assertThat(instance.launchedAt()).isEqualTo("2007-08-07T11:51:50Z");
    }

    @ParameterizedTest
    @CsvSource({
        "describe_instances.xml, RUNNING",
        "describe_instances_multiple.xml, RUNNING",
        "describe_instances_running.xml, RUNNING",
        "describe_instances_running-1.xml, RUNNING",
        "describe_instances_running_securitygroups.xml, RUNNING",
    })
    void instancesAreRead(String file, InstanceState first) throws IOException {
        answer("DescribeInstances", file);
        Sightings sightings = new Sightings(
                new Prices(Outcomes.done(new AwsProviderFactory().catalog(TestAws.noSettings()))), true, aws.clock);
        Tag tag = Tag.builder().key("skyhedge-lineage").value(TestAws.LINEAGE).build();

        List<Instance> read = Outcomes.done(client.calls()
                .read(
                        "us-east-1",
                        ec2 -> ec2.describeInstances().reservations().stream()
                                .map(Reservation::instances)
                                .flatMap(List::stream)
                                .map(said -> sightings.see(
                                        "us-east-1", said.toBuilder().tags(tag).build()))
                                .flatMap(Optional::stream)
                                .toList()));

        assertThat(read).isNotEmpty().allMatch(instance -> instance.id().startsWith("i-"));
        assertThat(read.getFirst().state()).isEqualTo(first);
    }

    @Test
    void instancesOfOthersAreNotOurs() throws IOException {
        answer("DescribeInstances", "describe_instances_running.xml");

        assertThat(Outcomes.done(client.observe("")).instances()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<item/>", "<item><regionName/></item>"})
    void listOfRegionsWithoutTheirNamesIsNoAnswerInsteadOfNoInstances(String regions) {
        String reply = "<DescribeRegionsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><regionInfo>"
                + regions + "</regionInfo></DescribeRegionsResponse>";
        aws.cloud.faults().change("DescribeRegions", good -> reply);

        assertThat(Outcomes.failure(client.observe(TestAws.LINEAGE))).isInstanceOf(Failure.OutcomeUnknown.class);
    }

    @ParameterizedTest
    @CsvSource({"describe_images.xml, ami-be3adfd7", "describe_images_ebs.xml, ami-246f8d4d"})
    void imagesAreRead(String file, String id) throws IOException {
        answer("DescribeImages", file);

        assertThat(Outcomes.done(new Images(client.calls(), settings()).in("us-east-1"))
                        .id())
                .isEqualTo(id);
    }

    @Test
    void subnetsAreRead() throws IOException {
        aws.with("regions", List.of("us-east-1")).with("network", "vpc-1");
        answer("DescribeSubnets", "describe_subnets.xml");

        Outcome<Optional<String>> subnet =
                new Networks(client.calls(), settings()).subnet(new Location("aws", "us-east-1", "us-east-1a"));

        assertThat(Outcomes.done(subnet)).contains("subnet-6e7f829e");
    }

    private AwsSettings settings() {
        return aws.settings();
    }

    private void answer(String action, String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/" + file), file)) {
            String body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            aws.cloud.faults().next(action, new Faults.Fault.Canned(200, body));
        }
    }
}
