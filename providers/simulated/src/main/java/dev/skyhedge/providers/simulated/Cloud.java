package dev.skyhedge.providers.simulated;

import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
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
import dev.skyhedge.spi.Scope;
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
    private static final String ID_PREFIX = "i-";

    private final CloudDescription description;
    private final CloudRules rules;
    private final Ledger ledger;
    private final Faults faults = new Faults();
    private final EventHub events = new EventHub();
    private final ReentrantLock lock = new ReentrantLock();
    private final Timers timers = new Timers();
    private final Fleet fleet = new Fleet();
    private final SpotMarket market;
    private final CallRate rate;
    private final Machines machines;
    private Instant time;

    /// A cloud that begins, or goes on, at `start`. What the ledger says is live is adopted if its machine
    /// still runs, and ended if not.
    public Cloud(CloudDescription description, Machines.Maker machines, Ledger ledger, Instant start) {
        this.description = description;
        this.rules = description.rules();
        this.ledger = ledger;
        this.time = start;
        this.market = new SpotMarket(
                description.market(), description.marketOrigin(), description.listings(), description.random());
        this.rate = new CallRate(rules.callsPerSecond(), start);
        this.machines = machines.make(new MachineReports());
        locked(() -> {
            ledger.rentals().forEach(this::restore);
            market.series().forEach(this::marketChanged);
            return true;
        });
    }

    // --- time

    @Override
    public Instant instant() {
        return locked(() -> time);
    }

    /// Makes time pass. Events of one instant are delivered before the next instant comes. Going back is
    /// ignored.
    public void advanceTo(Instant now) {
        while (locked(() -> step(now))) {
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

    private boolean step(Instant now) {
        Optional<Timers.Timer> due = timers.takeDue(now);
        Instant reached = due.map(Timers.Timer::due).orElse(now);
        time = reached.isAfter(time) ? reached : time;
        due.ifPresent(timer -> timer.action().run());
        return due.isPresent();
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
            return Outcome.done(new OfferList(offers, time, faults.unreachable()));
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
                    market.price(listing, time)));
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
            return call(Call.LAUNCH, location, () -> rent(request));
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
                    .filter(rented -> !rented.visibleFrom.isAfter(time))
                    .map(rented -> rented.instance)
                    .filter(instance -> !faults.isUnreachable(instance.offer().location()))
                    .toList();
            return Outcome.done(new Observation(seen, gaps, time));
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
                    .ifPresent(rented -> leave(rented, EndCause.TERMINATED));
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
                    takeBack(rented, notice);
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
            victims.forEach(rented -> takeBack(rented, notice));
            return victims.size();
        });
    }

    /// Ends everything that is live, whatever faults there are.
    ///
    /// @return how many were live
    public int terminateAll() {
        return locked(() -> {
            List<Rental> live = ledger.live();
            live.forEach(
                    rental -> fleet.byId(rental.instanceId()).ifPresent(rented -> leave(rented, EndCause.TERMINATED)));
            return live.size();
        });
    }

    /// Takes a zone's spot capacity away until it is opened again, whatever the market says.
    public void closeZone(Location zone) {
        locked(() -> {
            market.close(zone);
            market.series().forEach(this::takeExcess);
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
            gone(instanceId, detail);
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
        Optional<Failure> throttled = rate.count(time);
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
                    timers.at(time.plus(delay), () -> {
                        var unused = effect.get();
                    });
                }
                return new Failure.OutcomeUnknown("No answer to " + call + ": it timed out");
            }
        }
    }

    private Outcome<Instance> rent(LaunchRequest request) {
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
        if (offer.price().compareTo(market.price(listing, time)) < 0) {
            return Optional.of(new Failure.PriceTooLow(
                    Scope.of(offer), "Spot costs " + market.price(listing, time) + ", offered were " + offer.price()));
        }
        return listing.series().filter(series -> market.hasRoom(series, time)).isPresent()
                ? Optional.empty()
                : Optional.of(new Failure.NoCapacity(Scope.of(offer), "No spot capacity in " + offer.location()));
    }

    private Instance begin(LaunchRequest request, Listing listing, String fingerprint) {
        boolean spot = request.offer().market() == Market.SPOT;
        Offer offer = request.offer()
                .at(spot ? market.price(listing, time) : listing.onDemand().orElseThrow());
        long ordinal = fleet.takeOrdinal();
        Instance instance = new Instance(
                ID_PREFIX + "%06d".formatted(ordinal),
                offer,
                request.tags(),
                InstanceState.PENDING,
                Optional.empty(),
                time,
                Optional.empty());
        ledger.add(new LedgerEntry.Launched(instance.id(), time, offer, request.tags(), fingerprint));
        Rented rented = new Rented(
                ordinal,
                instance,
                fingerprint,
                time.plus(rules.visibilityDelay()),
                spot ? listing.series() : Optional.empty(),
                request.workload());
        fleet.add(rented);
        market.enter(rented);
        publish(rented);
        Duration delay = spot ? rules.bootDelay() : rules.onDemandBootDelay();
        if (delay.isZero()) {
            boot(rented);
        } else {
            timers.at(time.plus(delay), () -> boot(rented));
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
        market.nextChange(series, time).ifPresent(next -> timers.at(next, () -> marketChanged(series)));
    }

    private void takeExcess(String series) {
        market.excess(series, time, rules.victims()).forEach(rented -> takeBack(rented, rules.notice()));
    }

    private void takeBack(Rented rented, Duration notice) {
        if (notice.isZero()) {
            leave(rented, EndCause.PREEMPTED);
            return;
        }
        rented.doomed = true;
        market.goes(rented);
        Instant deadline = time.plus(notice);
        events.publish(
                rented.instance.tags().lineage(),
                new ProviderEvent.PreemptionNotice(rented.id(), rented.instance.tags(), deadline));
        timers.at(deadline, () -> leave(rented, EndCause.PREEMPTED));
    }

    private void leave(Rented rented, EndCause cause) {
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
            machines.stop(rented.id());
        }
    }

    private void gone(String instanceId, String detail) {
        fleet.byId(instanceId).filter(rented -> rented.instance.isLive()).ifPresent(rented -> {
            EndCause byItself = rented.instance.endpoint().isPresent() ? EndCause.EXITED : EndCause.FAILED_TO_START;
            end(rented, rented.leaving == null ? byItself : rented.leaving, detail);
        });
    }

    private void end(Rented rented, EndCause cause, String detail) {
        Instance.End end = new Instance.End(time, cause, detail);
        long cost =
                rented.instance.offer().price().microDollarsFor(Duration.between(rented.instance.launchedAt(), time));
        ledger.add(new LedgerEntry.Ended(rented.id(), end, cost));
        rented.workload = null;
        rented.become(InstanceState.ENDED, rented.instance.endpoint(), Optional.of(end));
        market.ended(rented);
        fleet.ended();
        publish(rented);
        timers.at(time.plus(rules.endedRetention()), () -> fleet.forget(rented));
    }

    private void publish(Rented rented) {
        events.publish(rented.instance.tags().lineage(), new ProviderEvent.InstanceChanged(rented.instance));
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
        long ordinal = Long.parseLong(rental.instanceId().substring(ID_PREFIX.length()));
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

    private final class MachineReports implements Machines.Reports {
        @Override
        public boolean running(String instanceId, Endpoint endpoint, String machine) {
            return locked(() -> {
                Optional<Rented> wanted = fleet.byId(instanceId).filter(r -> r.instance.isLive() && r.leaving == null);
                wanted.ifPresent(rented -> {
                    ledger.add(new LedgerEntry.Running(instanceId, time, endpoint, machine));
                    rented.become(InstanceState.RUNNING, Optional.of(endpoint), Optional.empty());
                    publish(rented);
                });
                return wanted.isPresent();
            });
        }

        @Override
        public void gone(String instanceId, String detail) {
            locked(() -> {
                Cloud.this.gone(instanceId, detail);
                return true;
            });
        }
    }
}
