package dev.skyhedge.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.aws.fake.Faults;
import dev.skyhedge.providers.cloud.contract.Outcomes;
import dev.skyhedge.spi.CloudAccount;
import dev.skyhedge.spi.Finding;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    private static final int ALWAYS = 20;

    private final TestAws aws = new TestAws();

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void findsEverythingGoodAndRentsNothing() {
        List<Finding> findings = findings();

        assertThat(findings)
                .filteredOn(Finding.Good.class::isInstance)
                .extracting(Finding::subject)
                .containsExactly("credentials", "regions", "launch", "prices");
        assertThat(aws.cloud.rented()).isEmpty();
    }

    @Test
    void saysThatTheEndpointIsNotAmazons() {
        assertThat(findings())
                .anyMatch(found -> found instanceof Finding.Notable notable
                        && notable.subject().equals("endpoint")
                        && notable.detail().contains(aws.cloud.endpoint().toString()));
    }

    @Test
    void saysThatLaunchesAreNotPermitted() {
        aws.cloud.faults().next("RunInstances", new Faults.Fault.Refused("UnauthorizedOperation", "no", 403));

        assertThat(bad()).containsExactly("launch");
    }

    @Test
    void saysThatCredentialsAreRefused() {
        aws.cloud
                .faults()
                .next("DescribeSecurityGroups", "", new Faults.Fault.Refused("AuthFailure", "no", 401), ALWAYS);

        assertThat(bad()).containsExactly("credentials");
    }

    @Test
    void saysOnceWhatEachCallIsRefusedFor() {
        for (String call : List.of("DescribeSecurityGroups", "DescribeRegions", "DescribeImages", "RunInstances")) {
            aws.cloud.faults().next(call, "", new Faults.Fault.Refused("AuthFailure", "no", 401), ALWAYS);
        }

        assertThat(bad()).containsExactly("credentials");
    }

    @Test
    void saysThatARegionIsNotEnabled() {
        aws.with("regions", List.of("us-east-1", "me-south-1"));

        assertThat(bad()).containsExactly("regions");
    }

    @Test
    void accountIsThatOfTheEndpoint() {
        try (AwsProvider client = aws.client()) {
            assertThat(Outcomes.done(client.account()))
                    .isEqualTo(new CloudAccount(aws.cloud.endpoint().toString(), "123456789012"));
        }
    }

    private List<String> bad() {
        return findings().stream()
                .filter(Finding.Bad.class::isInstance)
                .map(Finding::subject)
                .toList();
    }

    private List<Finding> findings() {
        try (AwsProvider client = aws.client()) {
            return client.diagnose();
        }
    }
}
