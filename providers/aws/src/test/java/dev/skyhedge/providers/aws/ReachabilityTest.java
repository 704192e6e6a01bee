package dev.skyhedge.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.aws.fake.Faults;
import dev.skyhedge.providers.aws.fake.World;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.LocationPattern;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whether anybody would reach a machine, in an account whose networks are as Amazon makes them.
class ReachabilityTest {
    private static final int ALWAYS = 20;

    private final TestAws aws = new TestAws();

    @AfterEach
    void close() {
        aws.close();
    }

    private List<Finding> look(String places, Integer... ports) {
        try (AwsProvider client = aws.client()) {
            return client.reach(List.of(LocationPattern.parse(places)), new TreeSet<>(List.of(ports)));
        }
    }

    private static String text(Finding finding) {
        return switch (finding) {
            case Finding.Good(String subject, String detail) -> "good " + subject + ": " + detail;
            case Finding.Notable(String subject, String detail, String remedy) ->
                "notable " + subject + ": " + detail + ". " + remedy;
            case Finding.Bad(String subject, String detail, String remedy) ->
                "bad " + subject + ": " + detail + ". " + remedy;
        };
    }

    private List<String> texts(String places, Integer... ports) {
        return look(places, ports).stream().map(ReachabilityTest::text).toList();
    }

    @Test
    void theDefaultGroupAdmitsItsMembersOnlyAndItIsSaidWhatToOpen() {
        assertThat(texts("aws/us-east-1", 8000))
                .containsExactly("bad port 8000: closed by sg-0default in us-east-1 (open to private addresses only)."
                        + " Admit the address of the machine that runs Skyhedge, in each group and for each port: `aws"
                        + " ec2 authorize-security-group-ingress --region us-east-1 --group-id sg-0default --protocol"
                        + " tcp --port 8000 --cidr ADDRESS/32`; or name a group that does, with firewall or"
                        + " security_groups.");
    }

    @Test
    void aGroupThatOpensThePortIsGood() {
        aws.with("security_groups", Map.of("us-east-1", "sg-0open"));

        assertThat(texts("aws/us-east-1", 8000))
                .containsExactly("good port 8000: open to 0.0.0.0/0 by sg-0open in us-east-1");
    }

    @Test
    void aGroupThatOpensAnotherPortIsClosed() {
        aws.with("security_groups", Map.of("us-east-1", "sg-0open"));

        assertThat(look("aws/us-east-1", 8000, 9000)).singleElement().isInstanceOfSatisfying(Finding.Bad.class, bad -> {
            assertThat(bad.subject()).isEqualTo("ports 8000 and 9000");
            assertThat(bad.detail()).isEqualTo("closed by sg-0open in us-east-1");
        });
    }

    @Test
    void regionsThatNoServiceMayUseAreNotAskedAbout() {
        look("aws/us-west-2", 8000);

        assertThat(aws.cloud.exchanges())
                .noneMatch(exchange -> exchange.region().equals("eu-central-1"));
        assertThat(aws.cloud.exchanges()).anyMatch(exchange -> exchange.region().equals("us-west-2"));
    }

    @Test
    void aZoneWithoutASubnetIsNamed() {
        aws.with("regions", List.of("us-east-1")).with("network", "vpc-0gone");

        assertThat(look("aws/us-east-1", 8000))
                .singleElement()
                .isInstanceOfSatisfying(
                        Finding.Bad.class,
                        bad -> assertThat(bad.detail())
                                .isEqualTo(
                                        "no subnet of vpc-0gone in us-east-1a, us-east-1b, us-east-1c: nothing can be"
                                                + " launched there"));
    }

    @Test
    void aSubnetWithoutPublicAddressesIsNamed() {
        aws.with("regions", List.of("us-east-1")).with("network", World.INNER_NETWORK);

        assertThat(texts("aws/us-east-1/us-east-1a", 8000))
                .anyMatch(text -> text.startsWith(
                        "bad addresses: machines get no public address in subnet-0d-us-east-1a in us-east-1a"));
    }

    @Test
    void privateAddressesAreReachedByMembersOfTheGroup() {
        aws.with("regions", List.of("us-east-1"))
                .with("network", World.INNER_NETWORK)
                .with("public_address", false);

        assertThat(look("aws/us-east-1", 8000)).extracting(Finding::subject).containsExactly("addresses", "port 8000");
        assertThat(look("aws/us-east-1", 8000)).allMatch(Finding.Good.class::isInstance);
    }

    @Test
    void anAddressThatIsAskedForIsOne() {
        aws.with("regions", List.of("us-east-1"))
                .with("network", World.OWN_NETWORK)
                .with("public_address", true);

        assertThat(look("aws/us-east-1", 8000))
                .noneMatch(found -> found.subject().equals("addresses"));
    }

    @Test
    void whatMayNotBeReadIsSaidAndNotTakenForClosed() {
        aws.cloud
                .faults()
                .next("DescribeSubnets", "", new Faults.Fault.Refused("UnauthorizedOperation", "no", 403), ALWAYS);

        assertThat(look("aws/us-east-1", 8000))
                .singleElement()
                .isInstanceOfSatisfying(
                        Finding.Notable.class,
                        notable -> assertThat(notable.remedy()).contains("ec2:DescribeSubnets"));
    }
}
