package dev.skyhedge.providers.simulated;

import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider.Ended;
import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.spi.ProviderListener;
import dev.skyhedge.spi.Subscription;
import dev.skyhedge.spi.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// A cloud. Nothing happens in it by itself: [#advanceTo] makes time pass, and with it boots, market changes,
/// notices and preemptions, one after the other in the order of their times. The same calls at the same times
/// have the same results, whatever the machine that this runs on.
///
/// Thread-safe. Events reach listeners in the thread whose call caused them, after the call's effects and
/// without any lock held, so a listener may call the cloud.
public final class Cloud implements InstantSource {
    private final CloudDescription description;
    private final Ledger ledger;
    private final Faults faults = new Faults();
    private final EventHub events = new EventHub();
    private final ReentrantLock lock = new ReentrantLock();
    private final Timers timers;
    private final Fleet fleet = new Fleet();
    private final SpotMarket market;
    private final CallRate rate;
    private final Machines machines;
    private final Lifecycle life;

    /// A cloud that begins, or goes on, at `start`. What the ledger says is live is adopted if its machine
    /// still runs, and ended if not.
    public Cloud(CloudDescription description, Machines.Maker machines, Ledger ledger, Instant start) {
        this.description = description;
        this.ledger = ledger;
        this.timers = new Timers(start);
        this.market = new SpotMarket(
                description.market(), description.marketOrigin(), description.listings(), description.random());
        this.rate = new CallRate(description.rules().callsPerSecond(), start);
        this.machines = machines.make(new MachineReports());
        this.life = new Lifecycle(description, ledger, events, timers, market, fleet, this.machines);
        locked(() -> {
            life.begin();
            return true;
        });
    }

    // --- time

    @Override
    public Instant instant() {
        return locked(timers::now);
    }

    /// Makes time pass. Events of one instant are delivered before the next instant comes. Going back is
    /// ignored.
    public void advanceTo(Instant now) {
        while (locked(() -> timers.step(now))) {
            // Each step delivers its events before the next one is taken.
        }
    }

    /// Makes time pass by this much.
    public void advance(Duration by) {
        advanceTo(instant().plus(by));
    }

    /// When something will next happen by itself.
    public Optional<Instant> nextDue() {
        return locked(timers::nextDue);
    }

    // --- what a provider offers

    /// See [dev.skyhedge.spi.Provider#offers].
    public Outcome<OfferList> offers(OfferQuery query) {
        return locked(() -> call(Call.OFFERS, Optional.empty(), () -> {
            List<Offer> offers = new ArrayList<>();
            for (Listing listing : description.listings()) {
                if (!faults.isUnreachable(listing.location())) {
                    offers.addAll(offers(listing));
                }
            }
            offers.removeIf(offer -> !query.asksFor(offer));
            return Outcome.done(new OfferList(offers, timers.now(), faults.unreachable()));
        }));
    }

    private List<Offer> offers(Listing listing) {
        List<Offer> offers = new ArrayList<>();
        if (listing.series().isPresent()) {
            offers.add(new Offer(
                    listing.instanceType(),
                    listing.accelerator(),
                    listing.location(),
                    Market.SPOT,
                    market.price(listing, timers.now())));
        }
        listing.onDemand()
                .ifPresent(price -> offers.add(new Offer(
                        listing.instanceType(), listing.accelerator(), listing.location(), Market.ON_DEMAND, price)));
        return offers;
    }

    /// See [dev.skyhedge.spi.Provider#launch].
    public Outcome<Instance> launch(LaunchRequest request) {
        return locked(() -> {
            Optional<Location> location = Optional.of(request.offer().location());
            return call(Call.LAUNCH, location, () -> life.rent(request));
        });
    }

    /// See [dev.skyhedge.spi.Provider#observe].
    public Outcome<Observation> observe(String lineage) {
        return locked(() -> call(Call.OBSERVE, Optional.empty(), () -> {
            List<Unreachable> gaps = faults.unreachable();
            if (description.locations().stream().allMatch(faults::isUnreachable)) {
                return Outcome.failed(
                        gaps.isEmpty() ? nowhere() : gaps.getFirst().failure());
            }
            List<Instance> seen = fleet.ofLineage(lineage).stream()
                    .filter(rented -> !rented.visibleFrom.isAfter(timers.now()))
                    .map(rented -> rented.instance)
                    .filter(instance -> !faults.isUnreachable(instance.offer().location()))
                    .toList();
            return Outcome.done(new Observation(seen, gaps, timers.now()));
        }));
    }

    private static Failure nowhere() {
        return new Failure.InvalidRequest("This cloud has no locations");
    }

    /// See [dev.skyhedge.spi.Provider#terminate].
    public Outcome<Ended> terminate(String instanceId, Location location) {
        return locked(() -> call(Call.TERMINATE, Optional.of(location), () -> {
            fleet.byId(instanceId)
                    .filter(rented -> rented.instance.offer().location().equals(location))
                    .ifPresent(rented -> life.leave(rented, EndCause.TERMINATED));
            return Outcome.done(Ended.ENDED);
        }));
    }

    /// See [dev.skyhedge.spi.Provider#events].
    public Subscription events(String lineage, ProviderListener listener) {
        return events.subscribe(lineage, listener);
    }

    /// See [dev.skyhedge.spi.Provider#logs].
    public Outcome<LogPage> logs(String instanceId, Location location, long offset, int maxBytes) {
        Outcome<Instance> found = locked(() -> call(
                Call.LOGS,
                Optional.of(location),
                () -> fleet.byId(instanceId)
                        .map(rented -> Outcome.done(rented.instance))
                        .orElseGet(() -> Outcome.failed(new Failure.NotFound("No instance " + instanceId)))));
        return switch (found) {
            case Outcome.Done<Instance>(Instance instance) -> machines.logs(instance, offset, maxBytes);
            case Outcome.Failed<Instance>(Failure failure) -> Outcome.failed(failure);
        };
    }

    // --- what only the cloud's operator can do

    /// The record of everything rented.
    public Ledger ledger() {
        return ledger;
    }

    /// The faults to have.
    public Faults faults() {
        return faults;
    }

    /// What was built here.
    public CloudDescription description() {
        return description;
    }

    /// Takes an instance back, spot or not.
    ///
    /// @param notice time until its end; zero for no notice
    /// @return whether there was one to take
    public boolean preempt(String instanceId, Duration notice) {
        return locked(() -> fleet.byId(instanceId)
                .filter(Rented::stays)
                .map(rented -> {
                    life.takeBack(rented, notice);
                    return true;
                })
                .orElse(false));
    }

    /// Takes all spot instances of a zone back; new ones may be launched there at once.
    ///
    /// @return how many
    public int preemptZone(Location zone, Duration notice) {
        return locked(() -> {
            List<Rented> victims = market.staying(zone);
            victims.forEach(rented -> life.takeBack(rented, notice));
            return victims.size();
        });
    }

    /// Ends everything that is live, whatever faults there are.
    ///
    /// @return how many were live
    public int terminateAll() {
        return locked(() -> {
            List<Rental> live = ledger.live();
            live.forEach(rental ->
                    fleet.byId(rental.instanceId()).ifPresent(rented -> life.leave(rented, EndCause.TERMINATED)));
            return live.size();
        });
    }

    /// Takes a zone's spot capacity away until it is opened again, whatever the market says.
    public void closeZone(Location zone) {
        locked(() -> {
            market.close(zone);
            market.series().forEach(life::takeExcess);
            return true;
        });
    }

    /// Gives a closed zone back to the market.
    public void openZone(Location zone) {
        locked(() -> {
            market.open(zone);
            return true;
        });
    }

    /// Ends an instance's workload as if it had exited.
    public void exit(String instanceId, String detail) {
        locked(() -> {
            life.gone(instanceId, detail);
            return true;
        });
    }

    /// Adds to the log of an instance on [VirtualMachines]; elsewhere a workload speaks for itself.
    public void say(String instanceId, String text) {
        if (!(machines instanceof VirtualMachines virtual)) {
            throw new IllegalStateException("Real machines write their own logs");
        }
        virtual.say(instanceId, text);
    }

    /// Suggests to move away from an instance.
    public void hintRebalance(String instanceId) {
        locked(() -> {
            fleet.byId(instanceId)
                    .filter(Rented::stays)
                    .map(rented -> rented.instance)
                    .ifPresent(one -> events.publish(
                            one.tags().lineage(), new ProviderEvent.RebalanceHint(one.id(), one.tags())));
            return true;
        });
    }

    /// Loses the events that listeners have not yet seen and tells them of the gap.
    public void disturbEvents(String reason) {
        locked(() -> {
            events.disturb(reason);
            return true;
        });
    }

    // --- inside, with the lock held

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
            if (!lock.isHeldByCurrentThread()) {
                events.deliver();
            }
        }
    }

    private <T> Outcome<T> call(Call call, Optional<Location> location, Supplier<Outcome<T>> effect) {
        Optional<Failure> throttled = rate.count(timers.now());
        if (throttled.isPresent()) {
            return Outcome.failed(throttled.get());
        }
        Optional<Fault> fault = faults.take(call, location);
        return fault.isEmpty() ? effect.get() : Outcome.failed(spoil(call, fault.get(), effect));
    }

    private <T> Failure spoil(Call call, Fault fault, Supplier<Outcome<T>> effect) {
        switch (fault) {
            case Fault.Refused(Failure failure) -> {
                return failure;
            }
            case Fault.CallLost() -> {
                return new Failure.OutcomeUnknown("No answer to " + call + ": the connection broke");
            }
            case Fault.AnswerLost() -> {
                var unused = effect.get();
                return new Failure.OutcomeUnknown("No answer to " + call + ": the connection broke");
            }
            case Fault.Late(Duration delay) -> {
                if (call == Call.LAUNCH) {
                    timers.at(timers.now().plus(delay), () -> {
                        var unused = effect.get();
                    });
                }
                return new Failure.OutcomeUnknown("No answer to " + call + ": it timed out");
            }
        }
    }

    /// What machines say, from whatever thread.
    private final class MachineReports implements Machines.Reports {
        @Override
        public boolean running(String instanceId, Endpoint endpoint, String machine) {
            return locked(() -> life.running(instanceId, endpoint, machine));
        }

        @Override
        public void gone(String instanceId, String detail) {
            exit(instanceId, detail);
        }
    }
}
