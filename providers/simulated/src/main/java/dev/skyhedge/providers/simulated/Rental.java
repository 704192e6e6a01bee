package dev.skyhedge.providers.simulated;

import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One line of the ledger: something that was rented once, from beginning to end.
///
/// @param instanceId the instance
/// @param offer as what, at the price paid
/// @param tags for whom
/// @param fingerprint of what was asked for, to tell a repeated request from another one under the same token
/// @param launchedAt when billing started
/// @param endpoint where it was reached; empty if it never ran
/// @param machine what its machine is found by; empty if it never ran
/// @param end when and how billing stopped; empty while it is live
public record Rental(
        String instanceId,
        Offer offer,
        InstanceTags tags,
        String fingerprint,
        Instant launchedAt,
        Optional<Endpoint> endpoint,
        String machine,
        Optional<Instance.End> end) {
    /// Whether it is still there and billed.
    public boolean isLive() {
        return end.isEmpty();
    }

    Rental running(Endpoint at, String on) {
        return new Rental(instanceId, offer, tags, fingerprint, launchedAt, Optional.of(at), on, end);
    }

    Rental ended(Instance.End how) {
        return new Rental(instanceId, offer, tags, fingerprint, launchedAt, endpoint, machine, Optional.of(how));
    }

    /// What it has cost by then, in micro-dollars.
    public long costMicroDollars(Instant now) {
        Duration time = Duration.between(launchedAt, end.map(Instance.End::at).orElse(now));
        HourlyPrice price = offer.price();
        return price.microDollarsFor(time.isNegative() ? Duration.ZERO : time);
    }
}
