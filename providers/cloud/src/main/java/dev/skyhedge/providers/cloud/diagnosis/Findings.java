package dev.skyhedge.providers.cloud.diagnosis;

import dev.skyhedge.providers.cloud.settings.CloudEndpoint;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Finding;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/// What clouds report in the same way.
public final class Findings {
    private static final Duration NOTABLE_SKEW = Duration.ofSeconds(30);
    /// Signed calls are refused beyond this by the strictest of the clouds.
    private static final Duration BAD_SKEW = Duration.ofMinutes(5);

    private static final Duration OLD_PRICES = Duration.ofDays(180);

    private Findings() {}

    /// How far the local clock is from the cloud's.
    ///
    /// @param date the `Date` header of any answer of the cloud
    /// @param local the local time when it arrived
    public static Finding clock(String date, Instant local) {
        Instant cloud;
        try {
            cloud = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return new Finding.Notable(
                    "clock", "the cloud's time \"" + date + "\" cannot be read", "Compare the clocks by hand.");
        }
        Duration skew = Duration.between(cloud, local).abs();
        String detail = skew.toSeconds() + " s " + (local.isBefore(cloud) ? "behind" : "ahead of") + " the cloud's";
        if (skew.compareTo(NOTABLE_SKEW) <= 0) {
            return new Finding.Good("clock", "agrees with the cloud's");
        }
        String remedy = "Let this machine keep its time by NTP.";
        return skew.compareTo(BAD_SKEW) <= 0
                ? new Finding.Notable("clock", detail, remedy)
                : new Finding.Bad("clock", detail + ": signed calls are refused", remedy);
    }

    /// Where calls go.
    public static Finding endpoint(CloudEndpoint endpoint) {
        return endpoint.override()
                .<Finding>map(address -> new Finding.Notable(
                        "endpoint",
                        address + ", not the cloud's own",
                        "That is meant for tests; leave the setting and its environment variable out otherwise."))
                .orElseGet(() -> new Finding.Good("endpoint", "the cloud's own"));
    }

    /// Whose credentials are used, and where calls go instead if the cloud's are not.
    ///
    /// @param cloud its owner, such as `Google`
    public static Finding credentials(CloudEndpoint endpoint, String cloud) {
        return endpoint.mayUseDefaultCredentials()
                ? new Finding.Good("credentials", cloud + "'s default chain")
                : new Finding.Notable(
                        "endpoint",
                        endpoint.name() + " instead of " + cloud + "'s own, without credentials",
                        "Remove the endpoint to rent real machines.");
    }

    /// How old list prices are.
    ///
    /// @param what such as `list prices`
    public static Finding prices(String what, Instant pricedAt, Instant now) {
        String detail = what + " of " + pricedAt;
        return pricedAt.plus(OLD_PRICES).isBefore(now)
                ? new Finding.Notable("prices", detail, "Install a newer version, or put a newer list beside it.")
                : new Finding.Good("prices", detail);
    }

    /// Something was tried and failed.
    public static Finding failed(String subject, Failure failure, String remedy) {
        return new Finding.Bad(subject, failure.kind() + ": " + failure.message(), remedy);
    }
}
