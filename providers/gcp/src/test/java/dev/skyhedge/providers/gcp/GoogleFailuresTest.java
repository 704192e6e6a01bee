package dev.skyhedge.providers.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.cloud.failures.CloudError;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Scope;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoogleFailuresTest {
    private static final Offer SPOT = GcpHarness.offer("g2-standard-4", "L4:1", GcpHarness.ZONE, Market.SPOT, "0.28");
    private static final Offer ON_DEMAND =
            GcpHarness.offer("g2-standard-4", "L4:1", GcpHarness.ZONE, Market.ON_DEMAND, "0.70");

    @ParameterizedTest(name = "{0} {1} \"{2}\" is {3}")
    @CsvSource(delimiter = '|', textBlock = """
                    503 | ZONE_RESOURCE_POOL_EXHAUSTED              | does not have enough resources     | no_capacity
                    503 | ZONE_RESOURCE_POOL_EXHAUSTED_WITH_DETAILS | a g2-standard-4 is unavailable     | no_capacity
                    503 | RESOURCE_POOL_EXHAUSTED                   | none left                          | no_capacity
                    503 | REGION_RESOURCE_POOL_EXHAUSTED            | none left                          | no_capacity
                    503 | GPU_STOCKOUT                              | none left                          | no_capacity
                    403 | insufficientCapacity                      | none left                          | no_capacity
                    400 | VM_MIN_COUNT_NOT_REACHED                  | none made                          | no_capacity
                    0   | ''                                        | zone does not have enough resources available | no_capacity
                    403 | QUOTA_EXCEEDED                            | Quota 'CPUS' exceeded.             | quota
                    403 | quotaExceeded                             | Quota 'NVIDIA_L4_GPUS' exceeded.   | quota
                    403 | SOME_NEW_QUOTA_LIMIT                      | too much                           | quota
                    403 | rateLimitExceeded                         | Quota exceeded for quota group     | throttled
                    429 | rateLimitExceeded                         | slow down                          | throttled
                    429 | ''                                        | slow down                          | throttled
                    403 | userRateLimitExceeded                     | slow down                          | throttled
                    400 | RESOURCE_OPERATION_RATE_EXCEEDED          | slow down                          | throttled
                    503 | backendError                              | Backend Error                      | outcome_unknown
                    500 | INTERNAL_ERROR                            | Code: 7FE3                         | outcome_unknown
                    400 | INTERNAL_ERROR                            | Code: 7FE3                         | outcome_unknown
                    502 | ''                                        | no explanation                     | outcome_unknown
                    0   | ''                                        | Read timed out                     | outcome_unknown
                    400 | invalid                                   | Machine type with name 'g2-standard-4' does not exist in zone 'z'. | unsupported_here
                    404 | notFound                                  | The resource 'projects/p/zones/z/acceleratorTypes/nvidia-l4' was not found | unsupported_here
                    400 | UNSUPPORTED_OPERATION                     | Instance was preempted             | preempted_during_launch
                    400 | PREEMPTED                                 | The VM was taken back              | preempted_during_launch
                    400 | ''                                        | Instance failed to start due to preemption. | preempted_during_launch
                    400 | invalid                                   | Instance failed to start due to preemption. | preempted_during_launch
                    409 | alreadyExists                             | The resource already exists        | conflict
                    409 | RESOURCE_ALREADY_EXISTS                   | The resource already exists        | conflict
                    400 | resourceNotReady                          | The resource is not ready          | conflict
                    400 | RESOURCE_NOT_READY                        | The resource is not ready          | conflict
                    404 | notFound                                  | The resource 'instances/x' was not found | not_found
                    404 | ''                                        | no explanation                     | not_found
                    401 | required                                  | Login Required                     | denied
                    401 | authError                                 | Invalid Credentials                | denied
                    403 | forbidden                                 | Required permission                | denied
                    403 | IAM_PERMISSION_DENIED                     | Required permission                | denied
                    403 | accessNotConfigured                       | The API is not enabled             | denied
                    400 | invalid                                   | Invalid value for field 'resource.disks' | invalid_request
                    400 | INVALID_FIELD_VALUE                       | disk smaller than image            | invalid_request
                    418 | ''                                        | a teapot                           | invalid_request
                    """)
    void codeAndTextDecideTheKind(int status, String code, String text, String kind) {
        Failure failure = GoogleFailures.of(CloudError.of(status, code, text), Scope.of(SPOT));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.message()).contains(text).contains(code);
    }

    @Test
    void shortageIsAboutOneTypeInOneZoneAndMarket() {
        Failure.NoCapacity failure = (Failure.NoCapacity) of(503, "ZONE_RESOURCE_POOL_EXHAUSTED", "none");

        assertThat(failure.scope()).isEqualTo(Scope.of(SPOT));
    }

    @Test
    void shortageOfARegionIsAboutAllItsZones() {
        Failure.NoCapacity failure = (Failure.NoCapacity) of(503, "REGION_RESOURCE_POOL_EXHAUSTED", "none");

        assertThat(failure.scope()).hasToString("gcp/us-central1/* spot g2-standard-4");
    }

    @Test
    void quotaOfACardIsAboutThatTypeInTheRegion() {
        Failure.Quota failure =
                (Failure.Quota) of(403, "QUOTA_EXCEEDED", "Quota 'PREEMPTIBLE_NVIDIA_L4_GPUS' exceeded. Limit: 0.0");

        assertThat(failure.scope()).hasToString("gcp/us-central1/* spot g2-standard-4");
    }

    @Test
    void quotaOfAnythingElseIsAboutTheMarketInTheRegion() {
        Failure.Quota failure = (Failure.Quota) of(403, "QUOTA_EXCEEDED", "Quota 'CPUS' exceeded. Limit: 24.0");

        assertThat(failure.scope()).hasToString("gcp/us-central1/* spot");
    }

    @Test
    void quotaOfCardsOverAllRegionsIsAboutTheWholeProjectInBothMarkets() {
        Failure.Quota failure =
                (Failure.Quota) of(403, "QUOTA_EXCEEDED", "Quota 'GPUS_ALL_REGIONS' exceeded. Limit: 1.0 globally.");

        assertThat(failure.scope()).hasToString("gcp/*/*");
        assertThat(failure.scope().covers(ON_DEMAND)).isTrue();
    }

    @Test
    void missingTypeIsMissingInBothMarketsOfThatZone() {
        Failure.UnsupportedHere failure = (Failure.UnsupportedHere)
                of(400, "invalid", "Machine type with name 'g2-standard-4' does not exist in zone 'us-central1-a'.");

        assertThat(failure.scope()).hasToString("gcp/us-central1/us-central1-a g2-standard-4");
    }

    @Test
    void onDemandMachineIsNotPreempted() {
        Failure failure = GoogleFailures.of(CloudError.of(400, "UNSUPPORTED_OPERATION", "no"), Scope.of(ON_DEMAND));

        assertThat(failure).isInstanceOf(Failure.InvalidRequest.class);
    }

    @Test
    void throttlingKeepsTheTimeThatGoogleGives() {
        CloudError error = new CloudError(403, "rateLimitExceeded", "slow", "", Optional.of(Duration.ofSeconds(7)));

        assertThat(GoogleFailures.of(error, Scope.of(SPOT)))
                .isInstanceOfSatisfying(
                        Failure.Throttled.class,
                        throttled -> assertThat(throttled.retryAfter()).hasSeconds(7));
    }

    private static Failure of(int status, String code, String text) {
        return GoogleFailures.of(CloudError.of(status, code, text), Scope.of(SPOT));
    }
}
