package dev.skyhedge.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.aws.fake.FakeEc2;
import dev.skyhedge.providers.aws.fake.Faults;
import dev.skyhedge.providers.aws.fake.Rented;
import dev.skyhedge.providers.aws.fake.World;
import dev.skyhedge.providers.cloud.contract.Outcomes;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Workload;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaunchTest {
    private final TestAws aws = new TestAws();

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void rentsSpotInOneCallThatNothingOutlives() {
        launch(aws.client(), "chat-1", true);

        Map<String, String> call = order();
        assertThat(call)
                .containsEntry("MinCount", "1")
                .containsEntry("MaxCount", "1")
                .containsEntry("InstanceType", "g6.xlarge")
                .containsEntry("Placement.AvailabilityZone", "us-east-1a")
                .containsEntry("InstanceMarketOptions.MarketType", "spot")
                .containsEntry("InstanceMarketOptions.SpotOptions.SpotInstanceType", "one-time")
                .containsEntry("InstanceMarketOptions.SpotOptions.InstanceInterruptionBehavior", "terminate")
                .containsEntry("InstanceInitiatedShutdownBehavior", "terminate")
                .containsEntry("MetadataOptions.HttpTokens", "required")
                .containsEntry("ClientToken", "tlineageachat1");
        assertThat(call.keySet()).noneMatch(name -> name.contains("MaxPrice"));
    }

    @Test
    void everythingThatALaunchMakesCarriesOurTags() {
        launch(aws.client(), "chat-1", true);

        Map<String, String> call = order();
        List<String> resources = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            resources.add(call.get("TagSpecification." + i + ".ResourceType"));
            assertThat(tags(call, i))
                    .containsEntry("skyhedge-lineage", TestAws.LINEAGE)
                    .containsEntry("skyhedge-service", "chat")
                    .containsEntry("skyhedge-replica", "chat-1")
                    .containsEntry("skyhedge-generation", "1")
                    .containsEntry("skyhedge-token", "tlineageachat1");
        }
        assertThat(resources).containsExactly("instance", "volume", "spot-instances-request");
    }

    @Test
    void onDemandOrdersNoSpot() {
        launch(aws.client(), "chat-1", false);

        assertThat(order().keySet()).noneMatch(name -> name.startsWith("InstanceMarketOptions"));
        assertThat(order()).doesNotContainValue("spot-instances-request");
    }

    @Test
    void anotherProcessOrdersTheSameByteForByte() {
        LaunchRequest request = secretRequest("hunter2");
        aws.cloud.faults().next("RunInstances", "", new Faults.Fault.CallLost(), 20);
        Outcomes.failure(aws.client().launch(request));
        Outcomes.failure(aws.client().launch(request));

        assertThat(aws.cloud.exchanges("RunInstances").stream().map(FakeEc2.Exchange::parameters))
                .containsOnly(order());
    }

    @Test
    void secretsAreInTheBootScriptAndNowhereElse() {
        Outcomes.done(aws.client().launch(secretRequest("hunter2")));

        Map<String, String> call = order();
        String script = new String(Base64.getDecoder().decode(call.get("UserData")), StandardCharsets.UTF_8);
        assertThat(script).startsWith("#!/bin/sh");
        SequencedMap<String, String> rest = new TreeMap<>(call);
        rest.remove("UserData");
        assertThat(rest.toString()).doesNotContain("hunter2");
    }

    /// An answer of the metadata service to a container has one hop more than one to the machine itself.
    @Test
    void containersCannotReadTheMetadataUnlessTheyAreToHaveAnIdentity() {
        launch(aws.client(), "chat-1", true);

        assertThat(order()).containsEntry("MetadataOptions.HttpPutResponseHopLimit", "1");
    }

    @Test
    void newestImageOfAmazonsOwnIsTheDefault() {
        launch(aws.client(), "chat-1", true);

        assertThat(order()).containsEntry("ImageId", World.IMAGE.id());
        assertThat(order()).containsEntry("BlockDeviceMapping.1.Ebs.VolumeSize", "100");
    }

    @Test
    void settingsReachTheCall() {
        aws.with("regions", List.of("us-east-1"))
                .with("image", World.OLD_IMAGE.id())
                .with("firewall", "sg-0open")
                .with("identity", "worker")
                .with("ssh_key", "mine")
                .with("disk_gb", BigDecimal.valueOf(250));

        launch(aws.client(), "chat-1", true);

        assertThat(order())
                .containsEntry("ImageId", World.OLD_IMAGE.id())
                .containsEntry("SecurityGroupId.1", "sg-0open")
                .containsEntry("IamInstanceProfile.Name", "worker")
                .containsEntry("MetadataOptions.HttpPutResponseHopLimit", "2")
                .containsEntry("KeyName", "mine")
                .containsEntry("BlockDeviceMapping.1.Ebs.VolumeSize", "250");
    }

    @Test
    void diskHasTheSizeThatTheLaunchSaysAndTheProvidersIsTheDefault() {
        aws.with("disk_gb", BigDecimal.valueOf(250));

        Outcomes.done(aws.client()
                .launch(TestAws.request("chat-1", TestAws.spot("us-east-1a")).onDisk(750)));

        assertThat(order()).containsEntry("BlockDeviceMapping.1.Ebs.VolumeSize", "750");
    }

    @Test
    void sizeOfADiskThatEc2DoesNotTellIsRefused() {
        aws.with("regions", List.of("us-east-1")).with("image", "ami-0feedfeedfeedfeed");

        assertThat(Outcomes.failure(aws.client()
                        .launch(TestAws.request("chat-1", TestAws.spot("us-east-1a"))
                                .onDisk(750))))
                .isInstanceOfSatisfying(
                        Failure.InvalidRequest.class,
                        refused -> assertThat(refused.message())
                                .contains("ami-0feedfeedfeedfeed")
                                .contains("disk_gb"));
        assertThat(aws.cloud.rented()).isEmpty();
    }

    @Test
    void joinsASubnetOfTheNamedNetwork() {
        aws.with("regions", List.of("us-east-1"))
                .with("network", "vpc-0default")
                .with("public_address", false);

        launch(aws.client(), "chat-1", true);

        assertThat(order())
                .containsEntry("NetworkInterface.1.AssociatePublicIpAddress", "false")
                .containsKey("NetworkInterface.1.SubnetId");
    }

    @Test
    void joinsThePublicSubnetWithMostFreeAddresses() {
        aws.with("regions", List.of("us-east-1")).with("network", World.OWN_NETWORK);

        launch(aws.client(), "chat-1", true);

        assertThat(order()).containsEntry("SubnetId", "subnet-0c-us-east-1a");
    }

    @Test
    void joinsThePrivateSubnetIfMachinesAreToHaveNoPublicAddress() {
        aws.with("regions", List.of("us-east-1"))
                .with("network", World.OWN_NETWORK)
                .with("public_address", false);

        launch(aws.client(), "chat-1", true);

        assertThat(order()).containsEntry("NetworkInterface.1.SubnetId", "subnet-0a-us-east-1a");
    }

    @Test
    void lostReplyGivesOneInstance() {
        aws.cloud.faults().next("RunInstances", new Faults.Fault.ReplyLost());

        Instance instance = launch(aws.client(), "chat-1", true);

        assertThat(aws.cloud.rented()).extracting(Rented::id).containsExactly(instance.id());
    }

    @Test
    void tornReplyGivesOneInstance() {
        aws.cloud.faults().next("RunInstances", new Faults.Fault.ReplyTorn());

        Instance instance = launch(aws.client(), "chat-1", true);

        assertThat(aws.cloud.rented()).extracting(Rented::id).containsExactly(instance.id());
    }

    @Test
    void errorAfterTheEffectGivesOneInstance() {
        aws.cloud.faults().next("RunInstances", new Faults.Fault.FailedAfterEffect("InternalError", 500));

        Instance instance = launch(aws.client(), "chat-1", true);

        assertThat(aws.cloud.rented()).extracting(Rented::id).containsExactly(instance.id());
    }

    @Test
    void lostReplyGivesOneInstanceAlsoWhereTagsComeLate() {
        aws.cloud.rules().lag(Duration.ofMinutes(10));
        aws.cloud.faults().next("RunInstances", new Faults.Fault.ReplyLost());

        launch(aws.client(), "chat-1", true);

        assertThat(aws.cloud.rented()).hasSize(1);
    }

    @Test
    void lostReplyGivesOneInstanceAlsoWhereTokensAreForgotten() {
        aws.cloud.rules().forgetTokens();
        aws.cloud.faults().next("RunInstances", new Faults.Fault.ReplyLost());

        Instance first = launch(aws.client(), "chat-1", true);
        Instance second = launch(aws.client(), "chat-1", true);

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(aws.cloud.rented()).hasSize(1);
    }

    @Test
    void rotatedSecretFindsTheInstanceOfTheFirstTry() {
        Instance first = Outcomes.done(aws.client().launch(secretRequest("hunter2")));

        Instance second = Outcomes.done(aws.client().launch(secretRequest("hunter3")));

        assertThat(second.id()).isEqualTo(first.id());
    }

    @Test
    void hundredParallelLaunchesAllEndThoughThrottled() throws Exception {
        aws.cloud.rules().throttle(20, 10);
        AwsProvider client = aws.client();
        List<Future<Outcome<Instance>>> answers = new ArrayList<>();

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                LaunchRequest request = TestAws.request("chat-" + i, TestAws.spot("us-east-1a"));
                answers.add(callers.submit(() -> client.launch(request)));
            }
        }

        for (Future<Outcome<Instance>> answer : answers) {
            switch (answer.get()) {
                case Outcome.Done<Instance> done -> {}
                case Outcome.Failed<Instance>(Failure failure) ->
                    assertThat(failure).isInstanceOf(Failure.Throttled.class);
            }
        }
        assertThat(aws.cloud.rented().stream().map(r -> r.tags().get("skyhedge-token")))
                .doesNotHaveDuplicates();
    }

    @Test
    void instanceTakenBeforeItRanIsAPreemptedLaunch() {
        Instance first = launch(aws.client(), "chat-1", true);
        aws.cloud.preempt(first.id(), Duration.ZERO);
        aws.cloud.retag(first.id(), tags -> Map.of());

        Failure failure = Outcomes.failure(aws.client().launch(TestAws.request("chat-1", TestAws.spot("us-east-1a"))));

        assertThat(failure).isInstanceOf(Failure.PreemptedDuringLaunch.class);
    }

    @Test
    void bootScriptThatEc2WouldNotTakeIsRefusedBefore() {
        SequencedMap<String, String> environment = new LinkedHashMap<>(Map.of("BIG", "x".repeat(20_000)));
        LaunchRequest small = TestAws.request("chat-1", TestAws.spot("us-east-1a"));
        LaunchRequest big = new LaunchRequest(
                small.offer(), small.tags(), new Workload(Optional.of("image"), List.of(), 8000, environment));

        assertThat(Outcomes.failure(aws.client().launch(big))).isInstanceOf(Failure.InvalidRequest.class);
        assertThat(aws.cloud.exchanges("RunInstances")).isEmpty();
    }

    @Test
    void endOfAnInstanceHasItsCause() {
        AwsProvider client = aws.client();
        Instance taken = launch(client, "chat-1", true);
        Instance exited = launch(client, "chat-2", true);
        Instance ended = launch(client, "chat-3", true);
        aws.clock.advance(Duration.ofSeconds(10));
        aws.cloud.preempt(taken.id(), Duration.ZERO);
        aws.cloud.shutDown(exited.id());
        Outcomes.done(client.terminate(ended.id(), ended.offer().location()));
        aws.clock.advance(Duration.ofSeconds(10));

        AwsProvider another = aws.client();
        assertThat(cause(another, taken)).isEqualTo(EndCause.PREEMPTED);
        assertThat(cause(another, exited)).isEqualTo(EndCause.EXITED);
        assertThat(cause(another, ended)).isEqualTo(EndCause.TERMINATED);
    }

    private static EndCause cause(AwsProvider client, Instance instance) {
        return TestAws.seen(client, instance.id()).end().orElseThrow().cause();
    }

    private static Instance launch(AwsProvider client, String replica, boolean spot) {
        return Outcomes.done(client.launch(
                TestAws.request(replica, spot ? TestAws.spot("us-east-1a") : TestAws.onDemand("us-east-1a"))));
    }

    private static LaunchRequest secretRequest(String secret) {
        LaunchRequest plain = TestAws.request("chat-1", TestAws.spot("us-east-1a"));
        SequencedMap<String, String> environment = new LinkedHashMap<>(Map.of("KEY", secret));
        Workload workload =
                new Workload(plain.workload().image(), plain.workload().command(), 8000, environment);
        return new LaunchRequest(plain.offer(), plain.tags(), workload);
    }

    private Map<String, String> order() {
        return aws.cloud.exchanges("RunInstances").getLast().parameters();
    }

    private static Map<String, String> tags(Map<String, String> call, int specification) {
        Map<String, String> tags = new TreeMap<>();
        String prefix = "TagSpecification." + specification + ".Tag.";
        for (int i = 1; call.containsKey(prefix + i + ".Key"); i++) {
            tags.put(call.get(prefix + i + ".Key"), call.get(prefix + i + ".Value"));
        }
        return tags;
    }
}
