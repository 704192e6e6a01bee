package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.engine.simulate.event.RequestTraffic.Dice;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.CloudDescription;
import dev.skyhedge.providers.simulated.Ledger;
import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.store.CommitResult;
import dev.skyhedge.state.store.InMemoryState;
import dev.skyhedge.state.store.LeaseResult;
import dev.skyhedge.state.store.Retention;
import dev.skyhedge.state.store.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One service against one market: the production reconciler, planner and autoscaler on a virtual clock, machines
/// that take their time, and requests. The same arguments and seed give the same outcome, byte for byte.
///
/// Every kind of chance has a generator of its own, split from the seed in a fixed order, so that two policies
/// that are compared meet the same requests and, as far as they do the same, the same lags.
public final class EventSimulation {
    /// What is remembered of the past has no influence on plans.
    private static final Retention RETENTION = new Retention(10, 100, Duration.ofDays(3_650));

    private final ServiceSpec service;
    private final Cloud cloud;
    private final CloudDescription description;
    private final TimedMachines machines;
    private final Traffic traffic;
    private final Optional<RequestTraffic> requests;
    private final SimulatedController controller;
    private final Readiness readiness;
    private final FleetRecorder recorder;
    private final Instant start;
    private final StateStore state;
    private final Agenda agenda = new Agenda();
    private final List<Decision> decisions = new ArrayList<>();
    private final RandomGenerator probes;
    private boolean isCountDue;
    private int failedLaunches;
    private int wanted;

    /// What to simulate.
    ///
    /// @param spec a spec of one service
    /// @param description the cloud; its own boot delays are to be zero, for those of `lags` come on top
    /// @param start when the simulation, and with it the clock, begins
    /// @param lags how long everything takes
    /// @param traffic the requests; empty for none
    /// @param warmUp beginning that availability does not count
    /// @param seed of all chance but the market's
    public record Settings(
            Spec spec,
            CloudDescription description,
            Instant start,
            Lags lags,
            Optional<TrafficSettings> traffic,
            Duration warmUp,
            long seed) {
        public Settings {
            if (spec.services().size() != 1) {
                throw new IllegalArgumentException(
                        "One service at a time, not " + spec.services().keySet());
            }
        }
    }

    /// One that begins with nothing.
    public EventSimulation(Settings settings) {
        this(settings, Beginning.EMPTY, RETENTION);
    }

    /// One that goes on from somewhere.
    ///
    /// @param retention how much of the past its state keeps, which no plan depends on
    public EventSimulation(Settings settings, Beginning beginning, Retention retention) {
        this.service = settings.spec().services().firstEntry().getValue();
        this.start = settings.start();
        this.description = settings.description();
        var random = new SplittableRandom(settings.seed());
        var dice = new Dice(random.split(), random.split(), random.split(), random.split());
        RandomGenerator boots = random.split();
        RandomGenerator lags = random.split();
        this.probes = random.split();
        String lineage = "simulated-" + settings.seed();
        var made = new Made();
        this.cloud = new Cloud(
                description,
                reports -> made.machines =
                        new TimedMachines(reports, agenda, made::now, settings.lags(), boots, this::machineLost),
                new Ledger(beginning.ledger(lineage, start), _ -> {}),
                start);
        made.cloud = cloud;
        this.machines = made.machines();
        this.requests = settings.traffic().map(asked -> new RequestTraffic(service, asked, machines::at, dice, start));
        this.traffic = requests.<Traffic>map(one -> one).orElse(Traffic.NONE);
        this.readiness = new Readiness(start.plus(settings.warmUp()));
        this.recorder = new FleetRecorder(description, start);
        this.state = new InMemoryState(lineage, cloud, _ -> true, retention);
        remember(beginning);
        this.controller = new SimulatedController(
                new SimulatedController.Settings(cloud, state, settings.spec(), PlanOptions.DEFAULT, agenda),
                new SeededSurroundings(settings.lags(), lags, machines),
                traffic,
                new Watch());
        if (!beginning.isEmpty()) {
            noteReadiness(start);
        }
    }

    /// Runs a new simulation for this long.
    public static EventOutcome run(Settings settings, Duration length) {
        return new EventSimulation(settings).run(length);
    }

    /// One that goes on from somewhere and remembers no more than plans depend on.
    public static EventSimulation from(Settings settings, Beginning beginning) {
        return new EventSimulation(settings, beginning, RETENTION);
    }

    private void remember(Beginning beginning) {
        wanted = beginning.service().map(WorkloadRecord::wanted).orElse(0);
        if (beginning.isEmpty()) {
            return;
        }
        switch (state.acquire(new LeaseClaim("simulated", "host", 1, 0, "begin"))) {
            case LeaseResult.Granted(Lease lease) -> {
                if (!(state.commit(lease, beginning.changes()) instanceof CommitResult.Committed)) {
                    throw new IllegalStateException("A new state refused its beginning");
                }
                state.release(lease);
            }
            case LeaseResult.HeldBy held -> throw new IllegalStateException("Held: " + held);
            case LeaseResult.Unavailable unavailable -> throw new IllegalStateException("Unavailable: " + unavailable);
        }
    }

    /// Lets time pass.
    public void runTo(Instant until) {
        controller.runTo(until);
    }

    /// What it would plan with.
    public World world() {
        return controller.world();
    }

    /// Its state.
    public StateStore state() {
        return state;
    }

    /// Leaves out nothing that is told to the reconciler, to show that what is left out changes nothing.
    void tellAll() {
        controller.tellAll();
        requests.ifPresent(RequestTraffic::tellAll);
    }

    /// How often its reconciler was asked.
    public long steps() {
        return controller.steps();
    }

    /// A window includes its first instant and not its last, which is the first one of the window that follows.
    EventOutcome run(Duration length) {
        runTo(start.plus(length).minusNanos(1));
        return outcome(length);
    }

    /// What it showed until now.
    ///
    /// @param length how long it has run
    public EventOutcome outcome(Duration length) {
        Instant end = start.plus(length);
        List<Rental> rentals = cloud.ledger().rentals();
        int preemptions = (int) rentals.stream()
                .flatMap(rental -> rental.end().stream())
                .filter(how -> how.cause() == EndCause.PREEMPTED)
                .count();
        return new EventOutcome(
                service.name(),
                length,
                readiness.availability(end),
                readiness.phases(),
                recorder.course(rentals, end),
                Bill.of(rentals, description, end),
                readiness.wantedMicroDollars(cheapestOnDemand(), end),
                preemptions,
                failedLaunches,
                requests.map(RequestTraffic::counts).orElse(RequestCounts.NONE),
                EventOutcome.Latency.of(
                        requests.map(RequestTraffic::answeredLatency).orElseGet(LatencyHistogram::new)),
                EventOutcome.Latency.of(requests.map(RequestTraffic::allLatency).orElseGet(LatencyHistogram::new)),
                decisions,
                controller.steps());
    }

    Ledger ledger() {
        return cloud.ledger();
    }

    Optional<RequestTraffic> requests() {
        return requests;
    }

    private long cheapestOnDemand() {
        return cheapestOnDemand(service, description);
    }

    /// In micro-dollars per hour; 0 if none is permitted.
    static long cheapestOnDemand(ServiceSpec service, CloudDescription description) {
        return description.listings().stream()
                .filter(listing -> service.resources().accelerators().contains(listing.accelerator())
                        && service.resources().locations().stream()
                                .anyMatch(pattern -> pattern.matches(listing.location())))
                .flatMap(listing -> listing.onDemand().stream())
                .min(Comparator.naturalOrder())
                .map(HourlyPrice::microDollars)
                .orElse(0L);
    }

    private void machineLost(Endpoint endpoint) {
        Instant now = cloud.instant();
        requests.ifPresent(traffic -> traffic.machineLost(endpoint, now));
        Duration period = service.readiness().period();
        controller.machineLost(
                endpoint,
                period.multipliedBy(probes.nextInt(1_000)).dividedBy(1_000).plusMillis(1));
        if (!isCountDue) {
            // A zone that goes takes many at once: they are counted once.
            isCountDue = true;
            agenda.at(now, () -> {
                isCountDue = false;
                noteReadiness(now);
            });
        }
    }

    private void noteReadiness(Instant now) {
        List<Offer> ready = controller.reconciler().routes(service.name()).routes().stream()
                .filter(route -> !route.draining())
                .map(Routes.Route::endpoint)
                .flatMap(endpoint -> machines.at(endpoint).stream())
                .toList();
        readiness.note(now, wanted, ready.stream().map(Offer::market).toList());
        recorder.note(now, wanted, ready);
    }

    /// The cloud makes its machines before it is there itself.
    private static final class Made {
        @Nullable
        TimedMachines machines;

        @Nullable
        Cloud cloud;

        TimedMachines machines() {
            if (machines == null) {
                throw new IllegalStateException("The cloud made no machines");
            }
            return machines;
        }

        Instant now() {
            if (cloud == null) {
                throw new IllegalStateException("A machine before its cloud");
            }
            return cloud.instant();
        }
    }

    private final class Watch implements Witness {
        @Override
        public void committed(Step step) {
            Instant now = cloud.instant();
            decisions.addAll(Decision.of(step, now));
            for (Change change : step.changes()) {
                if (change instanceof Change.PutWorkload(WorkloadRecord record)) {
                    wanted = record.wanted();
                }
            }
            for (Step.Transition transition : step.transitions()) {
                boolean refused = transition.after().lifecycle() == Lifecycle.FAILED
                        && transition.after().instanceId().isEmpty();
                failedLaunches += refused ? 1 : 0;
            }
        }

        @Override
        public void stepped(Step step) {
            if (!step.changes().isEmpty()) {
                noteReadiness(cloud.instant());
            }
        }
    }
}
