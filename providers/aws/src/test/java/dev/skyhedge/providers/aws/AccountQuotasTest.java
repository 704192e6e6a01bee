package dev.skyhedge.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.skyhedge.providers.aws.fake.Faults;
import dev.skyhedge.providers.cloud.contract.Outcomes;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an account may rent, in one that has asked for the G family only.
class AccountQuotasTest {
    private static final String G = "L-DB2E81BA";
    private static final String G_SPOT = "L-3819A6DF";
    private static final int ALWAYS = 20;

    private final TestAws aws = new TestAws();

    @AfterEach
    void close() {
        aws.close();
    }

    private Outcome<List<AccountQuota>> read() {
        try (AwsProvider client = aws.client()) {
            return client.quotas();
        }
    }

    private AccountQuota quota(String name) {
        return Outcomes.done(read()).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyRegionTellsWhatOfItsQuotasCountsForMachinesThatAreOffered() {
        assertThat(Outcomes.done(read()))
                .filteredOn(quota -> quota.name().endsWith(" in us-east-1"))
                .extracting(
                        AccountQuota::name,
                        AccountQuota::limit,
                        quota -> quota.scope().market())
                .containsExactlyInAnyOrder(
                        tuple("All G and VT Spot Instance Requests in us-east-1", 100_000L, Optional.of(Market.SPOT)),
                        tuple("All P4, P3 and P2 Spot Instance Requests in us-east-1", 0L, Optional.of(Market.SPOT)),
                        tuple("All P5 Spot Instance Requests in us-east-1", 0L, Optional.of(Market.SPOT)),
                        tuple(
                                "Running On-Demand G and VT instances in us-east-1",
                                100_000L,
                                Optional.of(Market.ON_DEMAND)),
                        tuple("Running On-Demand P instances in us-east-1", 0L, Optional.of(Market.ON_DEMAND)));
    }

    @Test
    void aFamilyCountsTogetherAndOneMarketOnly() {
        aws.cloud.market().vcpus("us-east-1", G, 8);
        AccountQuota quota = quota("Running On-Demand G and VT instances in us-east-1");

        assertThat(quota.instanceTypes()).contains("g4dn.xlarge", "g6.xlarge", "gr6.4xlarge");
        assertThat(quota.covers(TestAws.onDemand("us-east-1a"))).isTrue();
        assertThat(quota.covers(TestAws.spot("us-east-1a"))).isFalse();
        assertThat(quota.covers(TestAws.onDemand("us-west-2a"))).isFalse();
        assertThat(quota.limit()).isEqualTo(8);
    }

    @Test
    void whatRunsCountsWhoeverRentedIt() {
        aws.cloud.populate("us-east-1b", "g6.xlarge", 2, _ -> Map.of("owner", "somebody"));
        aws.cloud.populate("us-east-1b", "c6i.xlarge", 1, _ -> Map.of());
        try (AwsProvider client = aws.client()) {
            Outcomes.done(client.launch(TestAws.request("chat-1", TestAws.spot("us-east-1a"))));
        }

        assertThat(quota("Running On-Demand G and VT instances in us-east-1").used())
                .isEqualTo(8);
        assertThat(quota("All G and VT Spot Instance Requests in us-east-1").used())
                .isEqualTo(4);
        assertThat(quota("Running On-Demand G and VT instances in us-west-2").used())
                .isZero();
    }

    @Test
    void whatIsSaidToBeFullIsRefused() {
        aws.cloud.market().vcpus("us-east-1", G_SPOT, 4);
        try (AwsProvider client = aws.client()) {
            Outcomes.done(client.launch(TestAws.request("chat-1", TestAws.spot("us-east-1a"))));

            assertThat(Outcomes.failure(client.launch(TestAws.request("chat-2", TestAws.spot("us-east-1a")))))
                    .isInstanceOf(Failure.Quota.class);
            assertThat(quota("All G and VT Spot Instance Requests in us-east-1").remaining())
                    .isZero();
        }
    }

    @Test
    void whatMayNotBeReadIsUnknownAndNotZero() {
        aws.cloud
                .faults()
                .next(
                        "ListServiceQuotas",
                        "",
                        new Faults.Fault.Refused(
                                "AccessDeniedException",
                                "User is not authorized to perform: servicequotas:ListServiceQuotas",
                                400),
                        ALWAYS);

        assertThat(Outcomes.failure(read()))
                .isInstanceOfSatisfying(
                        Failure.Denied.class,
                        denied -> assertThat(denied.message()).contains("servicequotas:ListServiceQuotas"));
    }

    @Test
    void aRegionThatDoesNotTellLeavesTheOthersTheirs() {
        aws.cloud
                .faults()
                .next(
                        "ListServiceQuotas",
                        "us-east-1",
                        new Faults.Fault.Refused("AccessDeniedException", "no", 400),
                        1);

        assertThat(Outcomes.done(read()))
                .isNotEmpty()
                .noneMatch(quota -> quota.name().endsWith(" in us-east-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "3",
                "null",
                "{\"Quotas\":null}",
                "{\"Quotas\":[null,3,{\"QuotaCode\":3},{\"QuotaCode\":\"L-DB2E81BA\",\"Value\":\"many\"}]}",
                "{\"Quotas\":[{\"QuotaCode\":\"L-DB2E81BA\"}]}",
                "{\"Quotas\":[{\"QuotaCode\":\"L-DB2E81",
                "<html>Service Unavailable</html>"
            })
    void anAnswerThatSaysNothingSaysNothing(String body) {
        aws.with("regions", List.of("us-east-1"));
        aws.cloud.faults().next("ListServiceQuotas", "", new Faults.Fault.Canned(200, body), ALWAYS * 10);

        switch (read()) {
            case Outcome.Done<List<AccountQuota>>(List<AccountQuota> quotas) ->
                assertThat(quotas).isEmpty();
            case Outcome.Failed<List<AccountQuota>>(Failure failure) ->
                assertThat(failure).isInstanceOf(Failure.OutcomeUnknown.class);
        }
    }

    @Test
    void tooManyQuestionsAreAskedAgain() {
        aws.cloud
                .faults()
                .next("ListServiceQuotas", new Faults.Fault.Refused("TooManyRequestsException", "slow down", 400));

        assertThat(Outcomes.done(read())).isNotEmpty();
    }

    @Test
    void anImplementationWithoutQuotasTellsOfNone() {
        aws.cloud.rules().knowOnly("DescribeRegions", "DescribeInstances");

        assertThat(Outcomes.done(read())).isEmpty();
    }
}
