package dev.skyhedge.providers.simulated;

import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One line of the ledger: something that was rented once, from beginning to end.
///
/// @param instanceId the instance
/// @param offer as what, at the price paid now, or at its end
/// @param tags for whom
/// @param fingerprint of what was asked for, to tell a repeated request from another one under the same token
/// @param launchedAt when billing started
/// @param earlier the prices that it had before, if the market changed them
/// @param endpoint where it was reached; empty if it never ran
/// @param machine what its machine is found by; empty if it never ran
/// @param end when and how billing stopped; empty while it is live
public record Rental(
        String instanceId,
        Offer offer,
        InstanceTags tags,
        String fingerprint,
        Instant launchedAt,
        List<Earlier> earlier,
        Optional<Endpoint> endpoint,
        String machine,
        Optional<Instance.End> end) {
    /// A price that it had until the market changed it.
    public record Earlier(HourlyPrice price, Instant until) {}

    public Rental {
        earlier = List.copyOf(earlier);
    }

    /// A rental that has had one price so far.
    public Rental(
            String instanceId,
            Offer offer,
            InstanceTags tags,
            String fingerprint,
            Instant launchedAt,
            Optional<Endpoint> endpoint,
            String machine,
            Optional<Instance.End> end) {
        this(instanceId, offer, tags, fingerprint, launchedAt, List.of(), endpoint, machine, end);
    }

    /// Whether it is still there and billed.
    public boolean isLive() {
        return end.isEmpty();
    }

    Rental running(Endpoint at, String on) {
        return new Rental(instanceId, offer, tags, fingerprint, launchedAt, earlier, Optional.of(at), on, end);
    }

    Rental repriced(HourlyPrice price, Instant at) {
        List<Earlier> all = new ArrayList<>(earlier);
        all.add(new Earlier(offer.price(), at));
        return new Rental(instanceId, offer.at(price), tags, fingerprint, launchedAt, all, endpoint, machine, end);
    }

    Rental ended(Instance.End how) {
        return new Rental(
                instanceId, offer, tags, fingerprint, launchedAt, earlier, endpoint, machine, Optional.of(how));
    }

    /// What it has cost by then, in micro-dollars.
    public long costMicroDollars(Instant now) {
        Instant until = end.map(Instance.End::at).orElse(now);
        Instant from = launchedAt;
        long cost = 0;
        for (Earlier before : earlier) {
            Instant to = before.until().isBefore(until) ? before.until() : until;
            cost += microDollars(before.price(), from, to);
            from = to;
        }
        return cost + microDollars(offer.price(), from, until);
    }

    private static long microDollars(HourlyPrice price, Instant from, Instant to) {
        Duration time = Duration.between(from, to);
        return price.microDollarsFor(time.isNegative() ? Duration.ZERO : time);
    }
}
