package dev.skyhedge.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.aws.fake.Faults;
import dev.skyhedge.providers.cloud.contract.Outcomes;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every error of EC2 that policy can tell apart, sent over the wire and read by the SDK.
class Ec2FailuresTest {
    private static final int ALWAYS = 20;

    private final TestAws aws = new TestAws();
    private final AwsProvider client = aws.client();

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    @ParameterizedTest
    @CsvSource({
        "InsufficientInstanceCapacity, 500, no_capacity, aws/us-east-1/us-east-1a spot g6.xlarge",
        "UnfulfillableCapacity, 500, no_capacity, aws/us-east-1/us-east-1a spot g6.xlarge",
        "InsufficientHostCapacity, 500, no_capacity, aws/us-east-1/us-east-1a spot g6.xlarge",
        "InsufficientCapacityOnHost, 500, no_capacity, aws/us-east-1/us-east-1a spot g6.xlarge",
        "ReservationCapacityExceeded, 400, no_capacity, aws/us-east-1/us-east-1a spot g6.xlarge",
        "InsufficientFreeAddressesInSubnet, 400, quota, aws/us-east-1/us-east-1a",
        "MaxSpotInstanceCountExceeded, 400, quota, aws/us-east-1/* spot",
        "VcpuLimitExceeded, 400, quota, aws/us-east-1/* spot",
        "InstanceLimitExceeded, 400, quota, aws/us-east-1/* spot",
        "MaxFleetCountExceeded, 400, quota, aws/us-east-1/* spot",
        "VolumeLimitExceeded, 400, quota, aws/us-east-1/* spot",
        "NetworkInterfaceLimitExceeded, 400, quota, aws/us-east-1/* spot",
        "AddressLimitExceeded, 400, quota, aws/us-east-1/* spot",
        "SpotMaxPriceTooLow, 400, price_too_low, aws/us-east-1/us-east-1a spot g6.xlarge",
        "Unsupported, 400, unsupported_here, aws/us-east-1/us-east-1a g6.xlarge",
        "AuthFailure.ServiceLinkedRoleCreationNotPermitted, 403, unsupported_here, aws/*/* spot",
    })
    void refusalHasItsKindAndScope(String code, int status, String kind, String scope) {
        Failure failure = refused(code, status);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.message()).contains(code);
        assertThat(scope(failure)).isEqualTo(scope);
    }

    @ParameterizedTest
    @CsvSource({
        "RequestLimitExceeded, 503, throttled",
        "Throttling, 400, throttled",
        "ThrottlingException, 400, throttled",
        "ThrottledException, 400, throttled",
        "RequestThrottled, 400, throttled",
        "EC2ThrottledException, 400, throttled",
        "BandwidthLimitExceeded, 503, throttled",
        "SlowDown, 503, throttled",
        "SomethingElse, 429, throttled",
        "InternalError, 500, outcome_unknown",
        "InternalFailure, 500, outcome_unknown",
        "ServiceUnavailable, 503, outcome_unknown",
        "Unavailable, 503, outcome_unknown",
        "RequestTimeout, 408, outcome_unknown",
        "NeverHeardOf, 500, outcome_unknown",
        "IdempotentParameterMismatch, 400, conflict",
        "InvalidInstanceID.NotFound, 400, not_found",
        "InvalidInstanceID.Malformed, 400, not_found",
        "InvalidSpotInstanceRequestID.NotFound, 400, not_found",
        "AuthFailure, 401, denied",
        "AccessDenied, 403, denied",
        "UnauthorizedOperation, 403, denied",
        "ExpiredToken, 400, denied",
        "ExpiredTokenException, 400, denied",
        "RequestExpired, 400, denied",
        "OptInRequired, 401, denied",
        "InvalidClientTokenId, 403, denied",
        "UnrecognizedClientException, 400, denied",
        "SignatureDoesNotMatch, 403, denied",
        "IncompleteSignature, 400, denied",
        "MissingAuthenticationToken, 403, denied",
        "PendingVerification, 400, denied",
        "Blocked, 403, denied",
        "InvalidAMIID.NotFound, 400, invalid_request",
        "InvalidAMIID.Malformed, 400, invalid_request",
        "InvalidInstanceType, 400, invalid_request",
        "InvalidParameterValue, 400, invalid_request",
        "InvalidUserData.Malformed, 400, invalid_request",
        "NeverHeardOf, 400, invalid_request",
    })
    void refusalHasItsKind(String code, int status, String kind) {
        assertThat(refused(code, status).kind()).isEqualTo(kind);
    }

    @Test
    void answerThatIsNotXmlLeavesTheOutcomeOpen() {
        aws.cloud.faults().next("RunInstances", "", new Faults.Fault.Canned(502, "<html>Bad Gateway"), ALWAYS);

        assertThat(failed()).isInstanceOf(Failure.OutcomeUnknown.class);
    }

    @Test
    void silenceLeavesTheOutcomeOpen() {
        aws.cloud.faults().next("RunInstances", "", new Faults.Fault.CallLost(), ALWAYS);

        assertThat(failed()).isInstanceOf(Failure.OutcomeUnknown.class);
    }

    @Test
    void successThatIsNotXmlLeavesTheOutcomeOpen() {
        aws.cloud.faults().next("RunInstances", "", new Faults.Fault.Canned(200, "hello"), ALWAYS);

        assertThat(failed()).isInstanceOf(Failure.OutcomeUnknown.class);
    }

    @Test
    void refusedCredentialsAreDeniedWithWhatToCheckThoughTheBodyIsLost() {
        Failure failure = refused("OptInRequired", 401);

        assertThat(failure).isInstanceOf(Failure.Denied.class);
        assertThat(failure.message()).contains("access key", "region is enabled", "clock", "HTTP 401");
    }

    private Failure refused(String code, int status) {
        aws.cloud.faults().next("RunInstances", "", new Faults.Fault.Refused(code, "because", status), ALWAYS);
        return failed();
    }

    private Failure failed() {
        Outcome<Instance> outcome = client.launch(TestAws.request("chat-1", TestAws.spot("us-east-1a")));
        assertThat(aws.cloud.rented()).isEmpty();
        return Outcomes.failure(outcome);
    }

    private static String scope(Failure failure) {
        return switch (failure) {
            case Failure.NoCapacity no -> no.scope().toString();
            case Failure.Quota quota -> quota.scope().toString();
            case Failure.PriceTooLow low -> low.scope().toString();
            case Failure.UnsupportedHere here -> here.scope().toString();
            case Failure.PreemptedDuringLaunch taken -> taken.scope().toString();
            case Failure.Throttled none -> "";
            case Failure.OutcomeUnknown none -> "";
            case Failure.NotFound none -> "";
            case Failure.Conflict none -> "";
            case Failure.InvalidRequest none -> "";
            case Failure.Denied none -> "";
        };
    }
}
