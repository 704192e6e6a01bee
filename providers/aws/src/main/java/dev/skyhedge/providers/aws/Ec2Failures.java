package dev.skyhedge.providers.aws;

import static dev.skyhedge.providers.cloud.failures.FailureRule.codeLike;
import static dev.skyhedge.providers.cloud.failures.FailureRule.codes;
import static dev.skyhedge.providers.cloud.failures.Translation.CONFLICT;
import static dev.skyhedge.providers.cloud.failures.Translation.DENIED;
import static dev.skyhedge.providers.cloud.failures.Translation.NOT_FOUND;
import static dev.skyhedge.providers.cloud.failures.Translation.NO_CAPACITY;
import static dev.skyhedge.providers.cloud.failures.Translation.OUTCOME_UNKNOWN;
import static dev.skyhedge.providers.cloud.failures.Translation.PRICE_TOO_LOW;
import static dev.skyhedge.providers.cloud.failures.Translation.QUOTA;
import static dev.skyhedge.providers.cloud.failures.Translation.THROTTLED;
import static dev.skyhedge.providers.cloud.failures.Translation.UNSUPPORTED_HERE;

import dev.skyhedge.providers.cloud.failures.CloudError;
import dev.skyhedge.providers.cloud.failures.FailureTable;
import dev.skyhedge.providers.cloud.failures.Translation;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Scope;
import java.util.List;
import java.util.Optional;

/// What EC2's errors mean for policy. EC2 answers a lack of capacity with status 500 and too many calls with
/// 503: only the code tells them from a call of which nobody knows what came of it.
final class Ec2Failures {
    /// The client token was used with other parameters.
    static final String TOKEN_USED = "IdempotentParameterMismatch";

    /// The answer to a rehearsal that would have succeeded.
    static final String REHEARSED = "DryRunOperation";

    private static final String NO_SPOT_ROLE = "AuthFailure.ServiceLinkedRoleCreationNotPermitted";

    private static final FailureTable TABLE = new FailureTable(List.of(
            codes(
                    NO_CAPACITY,
                    "InsufficientInstanceCapacity",
                    "UnfulfillableCapacity",
                    "InsufficientHostCapacity",
                    "InsufficientCapacityOnHost",
                    "ReservationCapacityExceeded"),
            codes(QUOTA.about(Ec2Failures::subnetOfZone), "InsufficientFreeAddressesInSubnet"),
            codes(
                    QUOTA.about(Translation::region),
                    "MaxSpotInstanceCountExceeded",
                    "VcpuLimitExceeded",
                    "InstanceLimitExceeded",
                    "MaxFleetCountExceeded",
                    "VolumeLimitExceeded",
                    "NetworkInterfaceLimitExceeded",
                    "AddressLimitExceeded"),
            codes(PRICE_TOO_LOW, "SpotMaxPriceTooLow"),
            codes(
                    THROTTLED,
                    "RequestLimitExceeded",
                    "Throttling",
                    "ThrottlingException",
                    "ThrottledException",
                    "RequestThrottled",
                    "EC2ThrottledException",
                    "BandwidthLimitExceeded",
                    "TooManyRequestsException",
                    "SlowDown"),
            codes(
                    OUTCOME_UNKNOWN,
                    "InternalError",
                    "InternalFailure",
                    "ServiceUnavailable",
                    "Unavailable",
                    "RequestTimeout"),
            codes(UNSUPPORTED_HERE.about(Translation::bothMarkets), "Unsupported"),
            codes(UNSUPPORTED_HERE.about(Ec2Failures::spotAnywhere), NO_SPOT_ROLE),
            codes(CONFLICT, TOKEN_USED),
            codeLike(NOT_FOUND, "^(InvalidInstanceID|InvalidSpotInstanceRequestID)\\.(NotFound|Malformed)$"),
            codeLike(DENIED, "^(AuthFailure|AccessDenied|ExpiredToken)"),
            codes(
                    DENIED,
                    "UnauthorizedOperation",
                    "RequestExpired",
                    "OptInRequired",
                    "InvalidClientTokenId",
                    "UnrecognizedClientException",
                    "SignatureDoesNotMatch",
                    "IncompleteSignature",
                    "MissingAuthenticationToken",
                    "PendingVerification",
                    "Blocked")));

    private Ec2Failures() {}

    static Failure failure(CloudError error, Scope scope) {
        return TABLE.failure(error, scope);
    }

    /// Addresses are of our subnet in a zone, whatever the machine type and the market: that says nothing of the zone.
    private static Scope subnetOfZone(Scope scope) {
        return new Scope(scope.locations(), Optional.empty(), Optional.empty());
    }

    /// The role is the account's: without it there is no spot anywhere.
    private static Scope spotAnywhere(Scope scope) {
        Scope everywhere = Translation.everywhere(scope);
        return new Scope(everywhere.locations(), Optional.of(Market.SPOT), Optional.empty());
    }
}
