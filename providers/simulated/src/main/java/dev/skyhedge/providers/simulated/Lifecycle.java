package dev.skyhedge.providers.simulated;

import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.spi.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// The life of instances: launch, boot, run, leave, end. Every step goes through the ledger first. Guarded by
/// the cloud's lock.
final class Lifecycle implements Machines.Reports {
    private static final String ID_PREFIX = "i-";

    private final CloudDescription description;
    private final CloudRules rules;
    private final Ledger ledger;
    private final EventHub events;
    private final Timers timers;
    private final SpotMarket market;
    private final Fleet fleet;
    private final Machines machines;

    Lifecycle(
            CloudDescription description,
            Ledger ledger,
            EventHub events,
            Timers timers,
            SpotMarket market,
            Fleet fleet,
            Machines machines) {
        this.description = description;
        this.rules = description.rules();
        this.ledger = ledger;
        this.events = events;
        this.timers = timers;
        this.market = market;
        this.fleet = fleet;
        this.machines = machines;
    }

    /// Takes up what the ledger says, then follows the market.
    void begin() {
        ledger.carried().ifPresent(carried -> fleet.continueAfter(ordinal(carried.instanceId())));
        ledger.rentals().forEach(this::restore);
        market.series().forEach(this::marketChanged);
    }

    Outcome<Instance> rent(LaunchRequest request) {
        String fingerprint = Fingerprint.of(request);
        Optional<Rented> earlier = fleet.byToken(request.token());
        if (earlier.isPresent()) {
            return earlier.get().fingerprint.equals(fingerprint)
                    ? Outcome.done(earlier.get().instance)
                    : Outcome.failed(new Failure.Conflict("Token " + request.token() + " was used for another launch, "
                            + earlier.get().id()));
        }
        Optional<Listing> listing = description.listing(request.offer());
        if (listing.isEmpty()) {
            return Outcome.failed(new Failure.UnsupportedHere(
                    Scope.of(request.offer()),
                    "Not to be had here: " + request.offer().instanceType() + " in "
                            + request.offer().location() + ", "
                            + request.offer().market().word()));
        }
        return refusal(request.offer(), listing.get())
                .<Outcome<Instance>>map(Outcome::failed)
                .orElseGet(() -> Outcome.done(begin(request, listing.get(), fingerprint)));
    }

    private Optional<Failure> refusal(Offer offer, Listing listing) {
        if (fleet.live() >= rules.maxInstances()) {
            Scope all = new Scope(LocationPattern.parse(description.name()), Optional.empty(), Optional.empty());
            return Optional.of(
                    new Failure.Quota(all, "The quota of " + rules.maxInstances() + " instances is used up"));
        }
        if (offer.market() == Market.ON_DEMAND) {
            return Optional.empty();
        }
        if (offer.price().compareTo(market.price(listing, timers.now())) < 0) {
            return Optional.of(new Failure.PriceTooLow(
                    Scope.of(offer),
                    "Spot costs " + market.price(listing, timers.now()) + ", offered were " + offer.price()));
        }
        return listing.series()
                        .filter(series -> market.hasRoom(series, timers.now()))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(new Failure.NoCapacity(Scope.of(offer), "No spot capacity in " + offer.location()));
    }

    private Instance begin(LaunchRequest request, Listing listing, String fingerprint) {
        boolean spot = request.offer().market() == Market.SPOT;
        Offer offer = request.offer()
                .at(
                        spot
                                ? market.price(listing, timers.now())
                                : listing.onDemand().orElseThrow());
        long ordinal = fleet.takeOrdinal();
        Instance instance = new Instance(
                ID_PREFIX + String.format(Locale.ROOT, "%06d", ordinal),
                offer,
                request.tags(),
                InstanceState.PENDING,
                Optional.empty(),
                timers.now(),
                Optional.empty());
        ledger.add(new LedgerEntry.Launched(instance.id(), timers.now(), offer, request.tags(), fingerprint));
        Rented rented = new Rented(
                ordinal,
                instance,
                fingerprint,
                timers.now().plus(rules.visibilityDelay()),
                spot ? listing.series() : Optional.empty(),
                request.workload());
        fleet.add(rented);
        market.enter(rented);
        publish(rented);
        Duration delay = spot ? rules.bootDelay() : rules.onDemandBootDelay();
        if (delay.isZero()) {
            boot(rented);
        } else {
            timers.at(timers.now().plus(delay), () -> boot(rented));
        }
        return rented.instance;
    }

    private void boot(Rented rented) {
        if (rented.workload != null && rented.instance.isLive() && rented.leaving == null) {
            var workload = rented.workload;
            rented.workload = null;
            machines.start(rented.instance, workload);
        }
    }

    private void marketChanged(String series) {
        takeExcess(series);
        market.staying(series).forEach(this::reprice);
        market.nextChange(series, timers.now()).ifPresent(next -> timers.at(next, () -> marketChanged(series)));
    }

    /// Spot costs what the market says, from the moment at which it says so.
    private void reprice(Rented rented) {
        Offer offer = rented.instance.offer();
        description
                .listing(offer)
                .map(listing -> market.price(listing, timers.now()))
                .filter(price -> !price.equals(offer.price()))
                .ifPresent(price -> {
                    ledger.add(new LedgerEntry.Repriced(rented.id(), timers.now(), price));
                    rented.reprice(price);
                });
    }

    void takeExcess(String series) {
        market.excess(series, timers.now(), rules.victims()).forEach(rented -> takeBack(rented, rules.notice()));
    }

    void takeBack(Rented rented, Duration notice) {
        if (notice.isZero()) {
            leave(rented, EndCause.PREEMPTED);
            return;
        }
        rented.doomed = true;
        market.goes(rented);
        Instant deadline = timers.now().plus(notice);
        events.publish(
                rented.instance.tags().lineage(),
                new ProviderEvent.PreemptionNotice(rented.id(), rented.instance.tags(), deadline));
        timers.at(deadline, () -> leave(rented, EndCause.PREEMPTED));
    }

    void leave(Rented rented, EndCause cause) {
        if (!rented.instance.isLive() || rented.leaving != null) {
            return;
        }
        rented.leaving = cause;
        market.goes(rented);
        if (rented.workload != null) {
            rented.workload = null;
            end(rented, cause, "");
        } else {
            rented.become(InstanceState.STOPPING, rented.instance.endpoint(), Optional.empty());
            publish(rented);
            if (rules.stopDelay().isZero()) {
                machines.stop(rented.id());
            } else {
                timers.at(timers.now().plus(rules.stopDelay()), () -> machines.stop(rented.id()));
            }
        }
    }

    @Override
    public void gone(String instanceId, String detail) {
        fleet.byId(instanceId).filter(rented -> rented.instance.isLive()).ifPresent(rented -> {
            EndCause byItself = rented.instance.endpoint().isPresent() ? EndCause.EXITED : EndCause.FAILED_TO_START;
            end(rented, rented.leaving == null ? byItself : rented.leaving, detail);
        });
    }

    private void end(Rented rented, EndCause cause, String detail) {
        Instance.End end = new Instance.End(timers.now(), cause, detail);
        long cost = ledger.rental(rented.id())
                .map(rental -> rental.costMicroDollars(timers.now()))
                .orElse(0L);
        ledger.add(new LedgerEntry.Ended(rented.id(), end, cost));
        rented.workload = null;
        rented.become(InstanceState.ENDED, rented.instance.endpoint(), Optional.of(end));
        market.ended(rented);
        fleet.ended();
        publish(rented);
        timers.at(timers.now().plus(rules.endedRetention()), () -> fleet.forget(rented));
    }

    private void publish(Rented rented) {
        events.publish(rented.instance.tags().lineage(), new ProviderEvent.InstanceChanged(rented.instance));
    }

    private static long ordinal(String instanceId) {
        return Long.parseLong(instanceId.substring(ID_PREFIX.length()));
    }

    private void restore(Rental rental) {
        InstanceState state = rental.isLive()
                ? (rental.endpoint().isPresent() ? InstanceState.RUNNING : InstanceState.PENDING)
                : InstanceState.ENDED;
        Instance instance = new Instance(
                rental.instanceId(),
                rental.offer(),
                rental.tags(),
                state,
                rental.endpoint(),
                rental.launchedAt(),
                rental.end());
        Optional<String> series = rental.offer().market() == Market.SPOT
                ? description.listing(rental.offer()).flatMap(Listing::series)
                : Optional.empty();
        long ordinal = ordinal(rental.instanceId());
        fleet.continueAfter(ordinal);
        Rented rented = new Rented(ordinal, instance, rental.fingerprint(), rental.launchedAt(), series, null);
        fleet.add(rented);
        if (!rental.isLive()) {
            timers.at(rental.end().orElseThrow().at().plus(rules.endedRetention()), () -> fleet.forget(rented));
            return;
        }
        market.enter(rented);
        if (rental.endpoint().isEmpty() || !machines.adopt(instance, rental.machine())) {
            gone(rented.id(), "it was not there any more when its cloud started again");
        }
    }

    @Override
    public boolean running(String instanceId, Endpoint endpoint, String machine) {
        Optional<Rented> wanted = fleet.byId(instanceId).filter(r -> r.instance.isLive() && r.leaving == null);
        wanted.ifPresent(rented -> {
            ledger.add(new LedgerEntry.Running(instanceId, timers.now(), endpoint, machine));
            rented.become(InstanceState.RUNNING, Optional.of(endpoint), Optional.empty());
            publish(rented);
        });
        return wanted.isPresent();
    }
}
