package dev.skyhedge.providers.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import dev.skyhedge.providers.cloud.failures.CloudError;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureFailuresTest {
    private static final Offer SPOT =
            AzureHarness.offer("Standard_NC4as_T4_v3", "T4:1", AzureHarness.ZONE, Market.SPOT, "0.21");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    409 | SkuNotAvailable                      | The requested size is currently not available    | no_capacity
                    200 | AllocationFailed                     | Allocation failed.                               | no_capacity
                    200 | OverconstrainedAllocationRequest     | constraints are too strict                       | no_capacity
                    200 | ZonalAllocationFailed                | Allocation failed.                               | no_capacity
                    200 | OverconstrainedZonalAllocationRequest | constraints are too strict                      | no_capacity
                    200 | ''                                   | Allocation failed. We do not have sufficient capacity | no_capacity
                    409 | OperationNotAllowed                  | exceeding approved LowPriorityCores quota        | quota
                    409 | OperationNotAllowed                  | exceeding approved Low Priority Cores quota      | quota
                    409 | OperationNotAllowed                  | Current Limit: 0, Current Usage: 0               | quota
                    409 | QuotaExceeded                        | too many                                         | quota
                    409 | OperationNotAllowed                  | the max price is below the current price         | price_too_low
                    429 | OperationNotAllowed                  | Current Limit: many requests                     | throttled
                    503 | TooManyRequests                      | slow down                                        | throttled
                    400 | SubscriptionRequestsThrottled        | slow down                                        | throttled
                    500 | InternalServerError                  | sorry                                            | outcome_unknown
                    409 | RetryableError                       | sorry                                            | outcome_unknown
                    409 | OperationPreempted                   | by a more recent operation                       | outcome_unknown
                    200 | InternalExecutionError               | sorry                                            | outcome_unknown
                    502 | ''                                   | no explanation                                   | outcome_unknown
                    0   | ''                                   | HttpTimeoutException                             | outcome_unknown
                    400 | VMSizeNotSupported                   | not here                                         | unsupported_here
                    400 | LocationNotAvailableForResourceType  | not in this region                               | unsupported_here
                    400 | NotAvailableForSubscription          | not for you                                      | unsupported_here
                    400 | BadRequest                           | The size is not supported for subscription x     | unsupported_here
                    400 | InvalidParameter                     | The value X provided for the VM size is not valid | unsupported_here
                    409 | Conflict                             | busy                                             | conflict
                    412 | PreconditionFailed                   | it is there                                      | conflict
                    412 | ''                                   | it is there                                      | conflict
                    404 | ResourceNotFound                     | not there                                        | not_found
                    404 | ResourceGroupNotFound                | not there                                        | not_found
                    404 | ''                                   | not there                                        | not_found
                    403 | AuthorizationFailed                  | not you                                          | denied
                    409 | ReadOnlyDisabledSubscription         | unpaid                                           | denied
                    401 | InvalidAuthenticationToken           | expired                                          | denied
                    401 | ''                                   | who are you                                      | denied
                    403 | RequestDisallowedByPolicy            | policy                                           | denied
                    409 | PropertyChangeNotAllowed             | zones                                            | invalid_request
                    400 | InvalidParameter                     | osProfile                                        | invalid_request
                    400 | BadRequest                           | what                                             | invalid_request
                    418 | ''                                   | a teapot                                         | invalid_request
                    """)
    void codeAndTextDecideTheKind(int status, String code, String text, String kind) {
        Failure failure = of(status, code, text);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.message()).contains(text).contains(code);
    }

    @Test
    void shortageIsAboutOneSizeInOneZoneAndMarket() {
        assertThat(((Failure.NoCapacity) of(409, "SkuNotAvailable", "none")).scope())
                .isEqualTo(Scope.of(SPOT));
    }

    @Test
    void zoneThatCannotAllocateCannotInEitherMarket() {
        assertThat(((Failure.NoCapacity) of(200, "ZonalAllocationFailed", "none")).scope())
                .hasToString("azure/eastus/1 Standard_NC4as_T4_v3");
    }

    @Test
    void quotaOfLowPriorityCoresIsAboutAllSpotMachinesOfTheRegion() {
        Failure.Quota failure = (Failure.Quota)
                of(409, "OperationNotAllowed", "exceeding approved LowPriorityCores quota. Current Limit: 3");

        assertThat(failure.scope()).hasToString("azure/eastus/* spot");
    }

    @Test
    void quotaOfAFamilyIsAboutTheSizeInTheRegion() {
        Failure.Quota failure = (Failure.Quota) of(409, "OperationNotAllowed", "Current Limit: 0");

        assertThat(failure.scope()).hasToString("azure/eastus/* spot Standard_NC4as_T4_v3");
    }

    @Test
    void sizeThatIsNotThereIsThereInNeitherMarket() {
        assertThat(((Failure.UnsupportedHere) of(400, "VMSizeNotSupported", "no")).scope())
                .hasToString("azure/eastus/1 Standard_NC4as_T4_v3");
    }

    @Test
    void wrappedErrorIsReadFromTheInnermostDetails() {
        CloudError error = AzureErrors.of(200, new HttpHeaders(), """
                {"status":"Failed","error":{"code":"ResourceDeploymentFailure","message":"it failed","details":[
                 {"code":"DeploymentFailed","message":"inside","details":[
                  {"code":"AllocationFailed","message":"no room"}]}]}}
                """);

        assertThat(error.code()).isEqualTo("AllocationFailed");
        assertThat(error.text()).contains("no room").contains("it failed");
    }

    @Test
    void waitingTimeAndRequestAreReadFromHeaders() {
        HttpHeaders headers = new HttpHeaders()
                .set(HttpHeaderName.RETRY_AFTER, "17")
                .set(HttpHeaderName.fromString("x-ms-request-id"), "abc");

        CloudError error = AzureErrors.of(429, headers, "{\"error\":{\"code\":\"TooManyRequests\",\"message\":\"m\"}}");

        assertThat(error.retryAfter())
                .hasValueSatisfying(time -> assertThat(time).hasSeconds(17));
        assertThat(error.requestId()).isEqualTo("abc");
    }

    @Test
    void pageForPeopleExplainsNothing() {
        CloudError error = AzureErrors.of(502, new HttpHeaders(), "<html>sorry</html>");

        assertThat(error.code()).isEmpty();
        assertThat(error.text()).isEqualTo("no explanation");
    }

    private static Failure of(int status, String code, String text) {
        return AzureFailures.of(CloudError.of(status, code, text), Scope.of(SPOT));
    }
}
