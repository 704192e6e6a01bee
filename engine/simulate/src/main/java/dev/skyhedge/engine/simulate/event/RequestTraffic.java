package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.engine.simulate.workload.Request;
import dev.skyhedge.engine.simulate.workload.RequestSource;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Requests for one service, from arrival to answer, by the production balancer's rules: the policy chooses, a
/// request that no replica can take is held, one whose replica is lost goes elsewhere once, a dead address
/// costs a connect timeout and is ejected.
///
/// An answer is counted when it reaches the client; a client that gives up frees its slot. Not thread-safe.
final class RequestTraffic implements Traffic {
    private final ServiceSpec service;
    private final TrafficSettings settings;
    private final RandomGenerator clients;
    private final RandomGenerator work;
    private final Instant start;
    private final long timeoutNanos;
    private final RequestSource source;
    private final RequestSignals signals;
    private final RoutedReplicas replicas;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::ordinal));
    private final Deque<Flight> byDeadline = new ArrayDeque<>();
    private final Deque<Flight> held = new ArrayDeque<>();
    private final List<Message> messages = new ArrayList<>();
    private final RequestTally tally;
    private @Nullable Request next;
    private List<Routes.Route> routed = List.of();
    private final long offsetNanos;
    private long now;
    private long ordinal;

    /// The end of an attempt: an answer, or a connection that fails.
    private record Due(long at, long ordinal, Flight flight, int attempt) {}

    /// The generators that requests are drawn with, each for itself, so that what one draws changes nothing else.
    record Dice(RandomGenerator arrivals, RandomGenerator lengths, RandomGenerator clients, RandomGenerator work) {}

    /// @param machines what runs at an address
    /// @param start the beginning of the simulation
    RequestTraffic(
            ServiceSpec service,
            TrafficSettings settings,
            Function<Endpoint, Optional<Offer>> machines,
            Dice dice,
            Instant start) {
        this.service = service;
        this.settings = settings;
        this.replicas = new RoutedReplicas(service, settings, machines);
        this.clients = dice.clients();
        this.work = dice.work();
        this.start = start;
        this.timeoutNanos = settings.timeout().toNanos();
        this.tally = new RequestTally(timeoutNanos);
        this.offsetNanos = settings.beginsAfter().toNanos();
        this.source = settings.workload().open(dice.arrivals(), dice.lengths());
        this.next = source.next();
        this.signals = new RequestSignals(service, start);
    }

    /// See [RequestSignals#tellAll].
    void tellAll() {
        signals.tellAll();
    }

    // --- time

    @Override
    public Instant advanceTo(Instant until) {
        long goal = Duration.between(start, until).toNanos();
        while (messages.isEmpty()) {
            long at = nextAt();
            if (at > goal) {
                now = Math.max(now, goal);
                return until;
            }
            now = Math.max(now, at);
            happen();
        }
        return start.plusNanos(now);
    }

    private long nextAt() {
        long at = next == null ? Long.MAX_VALUE : arrivalOf(next);
        Due first = due.peek();
        at = first == null ? at : Math.min(at, first.at());
        at = Math.min(at, signals.nextSampleAt());
        Flight waiting = held.peekFirst();
        at = waiting == null ? at : Math.min(at, heldUntil(waiting));
        Flight oldest = byDeadline.peekFirst();
        return oldest == null ? at : Math.min(at, deadline(oldest));
    }

    /// Does one thing that is due: answers before arrivals, and giving up last.
    private void happen() {
        Due first = due.peek();
        Flight waiting = held.peekFirst();
        if (first != null && first.at() <= now) {
            due.remove();
            if (first.flight().attempt == first.attempt()) {
                attemptEnds(first.flight());
            }
        } else if (next != null && arrivalOf(next) <= now) {
            arrive(next);
            next = source.next();
        } else if (signals.nextSampleAt() <= now) {
            signals.sample(now, tally.arrived(), held.size(), allInFlight())
                    .ifPresent(rate -> messages.add(signalsRead(rate)));
        } else if (waiting != null && heldUntil(waiting) <= now) {
            held.removeFirst();
            fail(waiting);
        } else {
            Flight oldest = byDeadline.removeFirst();
            if (oldest.phase != Flight.Phase.ENDED) {
                giveUp(oldest);
            }
        }
    }

    private long arrivalOf(Request request) {
        return offsetNanos + request.arrivalNanos();
    }

    private long deadline(Flight flight) {
        return arrivalOf(flight.request) + timeoutNanos;
    }

    private long heldUntil(Flight flight) {
        return flight.heldSinceNanos + settings.endpoint().holdTimeout().toNanos();
    }

    // --- what happens to a request

    private void arrive(Request request) {
        tally.arrive();
        var flight = new Flight(request, settings.roundTrips().client(clients), work.nextExponential());
        byDeadline.addLast(flight);
        place(flight);
    }

    private void place(Flight flight) {
        ServingReplica chosen = replicas.choose(flight);
        if (chosen == null) {
            hold(flight);
        } else {
            send(flight, chosen);
        }
    }

    private void send(Flight flight, ServingReplica replica) {
        flight.attempt++;
        if (replica.gone) {
            flight.phase = Flight.Phase.CONNECTING;
            replica.takeInVain(flight);
            due.add(new Due(now + TrafficSettings.CONNECT_TIMEOUT.toNanos(), ordinal++, flight, flight.attempt));
        } else if (replica.take(flight)) {
            begin(flight, replica);
        } else {
            flight.phase = Flight.Phase.QUEUED;
        }
    }

    private void begin(Flight flight, ServingReplica replica) {
        flight.phase = Flight.Phase.IN_SERVICE;
        double seconds = settings.serviceTime().seconds(replica.accelerator, flight.request, flight.exponential);
        due.add(new Due(now + (long) (seconds * 1e9), ordinal++, flight, flight.attempt));
    }

    private void attemptEnds(Flight flight) {
        ServingReplica replica = flight.on;
        if (replica == null) {
            throw new IllegalStateException("An attempt ends that is nowhere: " + flight.phase);
        }
        if (flight.phase == Flight.Phase.CONNECTING) {
            leave(flight, replica);
            if (!replica.ejected) {
                replica.ejected = true;
                messages.add(new Message.Unreachable(replica.key));
            }
            flight.tried.add(replica);
            place(flight);
            return;
        }
        leave(flight, replica);
        long latency = now - arrivalOf(flight.request) + RoundTrips.nanos(flight.client, replica.continent);
        end(flight);
        tally.answer(latency);
    }

    private void leave(Flight flight, ServingReplica replica) {
        Flight follower = replica.leave(flight);
        if (follower != null) {
            follower.attempt++;
            begin(follower, replica);
        }
        tellDrained(replica);
        if (!held.isEmpty() && !replica.draining && !replica.gone) {
            releaseOne();
        }
    }

    private void hold(Flight flight) {
        if (held.size() >= settings.endpoint().holdLimit()) {
            fail(flight);
            return;
        }
        tally.hold();
        flight.phase = Flight.Phase.HELD;
        flight.heldSinceNanos = now;
        // Whoever comes back from a replica that was lost may try each again once there is another one.
        flight.tried.clear();
        held.addLast(flight);
        if (held.size() == 1) {
            messages.add(new Message.Woken(service.name()));
        }
    }

    private void lose(Flight flight, ServingReplica replica) {
        boolean sent = flight.phase != Flight.Phase.CONNECTING;
        flight.attempt++;
        flight.tried.add(replica);
        flight.losses += sent ? 1 : 0;
        if (flight.losses > TrafficSettings.MAX_RETRIES) {
            fail(flight);
            return;
        }
        tally.retry();
        place(flight);
    }

    private void fail(Flight flight) {
        end(flight);
        tally.fail();
    }

    private void giveUp(Flight flight) {
        ServingReplica replica = flight.on;
        if (replica != null) {
            leave(flight, replica);
        } else {
            held.remove(flight);
        }
        end(flight);
        tally.timeOut();
    }

    private static void end(Flight flight) {
        flight.phase = Flight.Phase.ENDED;
        flight.attempt++;
    }

    private void releaseOne() {
        Flight first = held.pollFirst();
        if (first != null) {
            place(first);
        }
    }

    private void releaseHeld() {
        int room = replicas.room();
        for (int i = 0; i < room && !held.isEmpty(); i++) {
            releaseOne();
        }
    }

    // --- replicas

    @Override
    public void routed(Routes routes) {
        if (!routes.service().equals(service.name()) || routes.routes().equals(routed)) {
            return;
        }
        routed = routes.routes();
        replicas.use(routes);
        replicas.all().forEach(this::tellDrained);
        releaseHeld();
    }

    /// A machine stopped running, with all that ran on it.
    void machineLost(Endpoint endpoint, Instant at) {
        now = Math.max(now, Duration.between(start, at).toNanos());
        ServingReplica replica = replicas.at(endpoint);
        if (replica != null && !replica.gone) {
            replica.gone = true;
            replica.loseAll().forEach(flight -> lose(flight, replica));
            tellDrained(replica);
        }
    }

    private void tellDrained(ServingReplica replica) {
        if (replica.draining && replica.inFlight() == 0 && !replica.drainedTold) {
            replica.drainedTold = true;
            messages.add(new Message.Drained(replica.key));
        }
    }

    // --- what is told

    @Override
    public List<Message> takeMessages() {
        if (messages.isEmpty()) {
            return List.of();
        }
        List<Message> taken = List.copyOf(messages);
        messages.clear();
        return taken;
    }

    @Override
    public void beforeStep(List<Message> inbox, Instant at) {
        boolean told = inbox.stream().anyMatch(Message.SignalsRead.class::isInstance);
        if (!told) {
            inbox.addFirst(signalsRead(signals.latestRate(), at));
        }
    }

    private int allInFlight() {
        int all = 0;
        for (ServingReplica replica : replicas.all()) {
            all += replica.inFlight();
        }
        return all;
    }

    private Message signalsRead(OptionalDouble rate) {
        return signalsRead(rate, start.plusNanos(now));
    }

    private Message signalsRead(OptionalDouble rate, Instant at) {
        Map<String, Integer> inFlight = new HashMap<>();
        for (ServingReplica replica : replicas.all()) {
            inFlight.merge(replica.key.name(), replica.inFlight(), Integer::sum);
        }
        return new Message.SignalsRead(service.name(), rate, held.size(), inFlight, at);
    }

    @Override
    public void committed(Step step) {
        signals.committed(step);
    }

    RequestCounts counts() {
        return tally.counts();
    }

    /// Requests that are held or somewhere on a replica: counted, not reckoned.
    long countInProgress() {
        return held.size()
                + byDeadline.stream()
                        .filter(flight -> flight.on != null && flight.phase != Flight.Phase.ENDED)
                        .count();
    }

    LatencyHistogram answeredLatency() {
        return tally.answeredLatency();
    }

    /// With what was not answered counted as the timeout.
    LatencyHistogram allLatency() {
        return tally.allLatency();
    }
}
