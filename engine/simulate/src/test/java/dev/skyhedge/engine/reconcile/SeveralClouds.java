package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.simulate.event.Agenda;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.Call;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.CloudDescription;
import dev.skyhedge.providers.simulated.Fault;
import dev.skyhedge.providers.simulated.Ledger;
import dev.skyhedge.providers.simulated.Listing;
import dev.skyhedge.providers.simulated.SimulatedProvider;
import dev.skyhedge.providers.simulated.VirtualMachines;
import dev.skyhedge.providers.simulated.market.CalmMarket;
import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.ProviderLimits;
import dev.skyhedge.spi.Workload;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.store.CommitResult;
import dev.skyhedge.state.store.InMemoryState;
import dev.skyhedge.state.store.LeaseResult;
import dev.skyhedge.state.store.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SplittableRandom;

/// One [Reconciler] over several clouds on one virtual clock. Calls take half a second, and replicas are healthy as
/// soon as they run.
final class SeveralClouds {
    private static final String LINEAGE = "several";
    private static final Duration CALL = Duration.ofMillis(500);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration BOOT = Duration.ofSeconds(10);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final int ROOM = 1_000;
    private static final long CENT = 10_000;

    private final SequencedMap<String, Cloud> clouds = new LinkedHashMap<>();
    private final List<Asked> asked = new ArrayList<>();
    private final SequencedSet<String> notes = new LinkedHashSet<>();
    private final Agenda agenda = new Agenda();
    private final List<Message> inbox = new ArrayList<>();
    private final Set<ReplicaKey> probed = new HashSet<>();
    private Instant now = SimulatedClouds.START;

    /// A cloud with these zones, as `region/zone`, all of them at about the same price.
    ///
    /// @param cents of a spot instance in the first zone, per hour; each further zone costs 0.1 cents more
    SeveralClouds with(String name, int cents, String... zones) {
        List<MarketSeries> series = new ArrayList<>();
        List<Listing> listings = new ArrayList<>();
        for (String zone : zones) {
            Location location = Location.parse(name + "/" + zone);
            MarketSeries one = MarketSeries.ofZone(location.region(), location.zone());
            listings.add(new Listing(
                    "small",
                    Accelerator.parse("CPU:1"),
                    location,
                    Optional.of(SimulatedClouds.ON_DEMAND),
                    new HourlyPrice(cents * CENT + listings.size() * CENT / 10),
                    Optional.of(one.key())));
            series.add(one);
        }
        var rules = SimulatedClouds.rules().withBoot(BOOT, BOOT);
        var market = new CalmMarket(series, ROOM);
        var description = new CloudDescription(name, listings, market, now, rules, new SplittableRandom(1));
        clouds.put(name, new Cloud(description, VirtualMachines.withMadeUpAddresses(), new Ledger(), now));
        return this;
    }

    /// Launches there are refused from now on.
    SeveralClouds refuses(String where, Failure failure) {
        LocationPattern pattern = LocationPattern.parse(where);
        cloud(pattern.cloud()).faults().next(Call.LAUNCH, pattern, new Fault.Refused(failure), Integer.MAX_VALUE);
        return this;
    }

    /// A launch that was asked for.
    record Asked(Instant at, Location where) {}

    /// All launches that were asked for there, in this order.
    List<Asked> asked(String where) {
        LocationPattern pattern = LocationPattern.parse(where);
        return asked.stream().filter(one -> pattern.matches(one.where())).toList();
    }

    /// What plans have said so far.
    SequencedSet<String> notes() {
        return notes;
    }

    /// Keeps this up for so long.
    ///
    /// @return the replicas that are ready then
    List<ReplicaRecord> run(Spec spec, Duration time) {
        Cloud clock = clouds.firstEntry().getValue();
        var store = new InMemoryState(LINEAGE, clock, _ -> true, new Retention(100, 1_000, Duration.ofDays(90)));
        if (!(store.acquire(new LeaseClaim("several", "host", 1, 0, "test"))
                instanceof LeaseResult.Granted(var lease))) {
            throw new IllegalStateException("No lease");
        }
        Map<String, ProviderLimits> limits = new LinkedHashMap<>();
        clouds.forEach((name, cloud) -> limits.put(name, new SimulatedProvider(cloud).limits()));
        var reconciler = new Reconciler(spec, store.read(), List.of(), limits, lease.epoch());
        clouds.keySet().forEach(this::begin);
        for (Instant end = now.plus(time); now.isBefore(end); now = now.plus(TICK)) {
            clouds.values().forEach(cloud -> cloud.advanceTo(now));
            agenda.run(now);
            Step step = reconciler.react(List.copyOf(inbox), now);
            inbox.clear();
            if (!step.changes().isEmpty() && !(store.commit(lease, step.changes()) instanceof CommitResult.Committed)) {
                throw new IllegalStateException("Not committed");
            }
            step.plan().services().stream().map(Plan.WorkloadSummary::notes).forEach(notes::addAll);
            step.effects().forEach(this::carryOut);
            reconciler.probed().stream()
                    .map(ReplicaKey::of)
                    .filter(probed::add)
                    .forEach(key -> later(new Message.Probed(key, true, "answers")));
        }
        return store.read().replicas().stream()
                .filter(replica -> replica.lifecycle() == Lifecycle.READY)
                .toList();
    }

    private void begin(String name) {
        var everything = new OfferQuery(List.of(LocationPattern.parse("*")), List.of());
        if (cloud(name).offers(everything) instanceof Outcome.Done<OfferList>(var offers)) {
            inbox.add(new Message.OffersRead(name, offers));
        }
        look(name);
    }

    private void look(String name) {
        observe(name);
        agenda.at(now.plus(LOOK), () -> look(name));
    }

    private void observe(String name) {
        if (cloud(name).observe(LINEAGE) instanceof Outcome.Done<Observation>(var seen)) {
            inbox.add(new Message.Observed(name, seen));
        }
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Launch(Intent intent, var replica) -> {
                asked.add(new Asked(now, intent.offer().location()));
                var tags = new InstanceTags(
                        LINEAGE,
                        intent.service(),
                        intent.machine().name(),
                        intent.machine().generation(),
                        intent.token());
                var workload = new Workload(replica.image(), replica.command(), replica.port(), new LinkedHashMap<>());
                var request = new LaunchRequest(intent.offer(), tags, workload, replica.diskGb(), Optional.empty());
                later(new Message.LaunchEnded(
                        intent.id(), cloud(intent.offer().location().cloud()).launch(request)));
            }
            case Effect.Terminate(Intent intent) ->
                later(new Message.TerminateEnded(
                        intent.id(),
                        cloud(intent.offer().location().cloud())
                                .terminate(
                                        intent.instanceId().orElseThrow(),
                                        intent.offer().location())));
            case Effect.Observe(String name) -> observe(name);
            case Effect.ReadLog _, Effect.Listen _, Effect.ProbeNow _ -> {}
        }
    }

    private Cloud cloud(String name) {
        return Objects.requireNonNull(clouds.get(name), name);
    }

    private void later(Message message) {
        agenda.at(now.plus(CALL), () -> inbox.add(message));
    }
}
