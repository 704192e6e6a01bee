package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.engine.simulate.Run;
import dev.skyhedge.engine.simulate.Timeline;
import dev.skyhedge.engine.simulate.workload.Lengths;
import dev.skyhedge.engine.simulate.workload.Request;
import dev.skyhedge.engine.simulate.workload.RequestSource;
import dev.skyhedge.engine.simulate.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// The latency model of the paper's own simulation, for runs by the paper's protocol: clients with Poisson
/// arrivals, one request at a time and first come, first served on each replica, replicas in turn, service
/// times exponential. Whoever would begin after the timeout, waits on a replica that is lost, or finds none
/// counts as the timeout; the one in service ends well.
///
/// Source: Mao et al., "SkyServe: Serving AI Models across Regions and Clouds with Spot Instances", EuroSys'25,
/// as its artifact computes it. Three faults of that computation are left out: replicas are told apart, so that
/// a loss hits the queue of the zone that lost; every client draws its own arrivals; and nothing is polled.
///
/// @param requests how many arrived
/// @param failed how many count as the timeout
/// @param latency of all of them
public record PaperLatency(long requests, long failed, EventOutcome.Latency latency) {
    private static final int CLIENTS = 3;
    private static final double REQUESTS_PER_SECOND = 0.05;
    private static final double MEAN_SERVICE_SECONDS = 10;
    private static final double TIMEOUT_SECONDS = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    /// Sends the paper's requests through a run.
    ///
    /// @param seed makes arrivals and service times; the same under every policy
    public static PaperLatency of(Run run, long seed) {
        var random = new SplittableRandom(seed);
        List<RequestSource> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Workload.Poisson(REQUESTS_PER_SECOND, new Lengths.Fixed(0, 0))
                    .open(random.split(), random.split()));
        }
        return new Queues(run, random.split()).serve(clients);
    }

    /// One replica: when it will have done what it has taken on, and what still waits there.
    private static final class Server {
        private double freeAt;
        private final List<Waiting> waiting = new ArrayList<>();
    }

    /// @param index of the request
    /// @param start when its service would begin
    private record Waiting(int index, double start) {}

    private static final class Queues {
        private final Timeline timeline;
        private final double tickSeconds;
        private final int coldStartTicks;
        private final RandomGenerator service;
        private final List<List<Server>> pools = new ArrayList<>();
        private final List<Server> inTurn = new ArrayList<>();
        private final List<Double> latencies = new ArrayList<>();
        private int turn;
        private int tick;

        Queues(Run run, RandomGenerator service) {
            this.timeline = run.timeline();
            this.tickSeconds = run.protocol().tick().toNanos() / NANOS_PER_SECOND;
            this.coldStartTicks = run.protocol().coldStartTicks();
            this.service = service;
            for (int pool = 0; pool <= timeline.spotReady().size(); pool++) {
                pools.add(new ArrayList<>());
            }
        }

        PaperLatency serve(List<RequestSource> clients) {
            Duration beginning = Duration.ofNanos((long) (coldStartTicks * tickSeconds * NANOS_PER_SECOND));
            List<Request> next = new ArrayList<>();
            clients.forEach(client -> next.add(client.next()));
            while (true) {
                int first = 0;
                for (int i = 1; i < next.size(); i++) {
                    if (next.get(i).arrivalNanos() < next.get(first).arrivalNanos()) {
                        first = i;
                    }
                }
                double at = beginning.plusNanos(next.get(first).arrivalNanos()).toNanos() / NANOS_PER_SECOND;
                if (at >= timeline.ticks() * tickSeconds) {
                    break;
                }
                next.set(first, clients.get(first).next());
                moveTo((int) (at / tickSeconds));
                arrive(at);
            }
            moveTo(timeline.ticks() - 1);
            return outcome();
        }

        private void arrive(double at) {
            double seconds = MEAN_SERVICE_SECONDS * service.nextExponential();
            if (inTurn.isEmpty()) {
                latencies.add(TIMEOUT_SECONDS);
                return;
            }
            Server server = inTurn.get(Math.floorMod(turn++, inTurn.size()));
            double start = Math.max(at, server.freeAt);
            if (start - at > TIMEOUT_SECONDS) {
                latencies.add(TIMEOUT_SECONDS);
                return;
            }
            server.waiting.removeIf(waiting -> waiting.start() <= at);
            server.waiting.add(new Waiting(latencies.size(), start));
            latencies.add(start + seconds - at);
            server.freeAt = start + seconds;
        }

        private void moveTo(int goal) {
            while (tick <= goal) {
                for (int pool = 0; pool < pools.size(); pool++) {
                    int ready = tick < coldStartTicks ? 0 : ready(pool);
                    resize(pools.get(pool), ready, tick * tickSeconds);
                }
                tick++;
            }
        }

        private int ready(int pool) {
            return pool < timeline.spotReady().size()
                    ? timeline.spotReady().get(pool).at(tick)
                    : timeline.onDemandReady().at(tick);
        }

        private void resize(List<Server> pool, int ready, double now) {
            while (pool.size() < ready) {
                Server added = new Server();
                added.freeAt = now;
                pool.add(added);
                inTurn.add(added);
            }
            while (pool.size() > ready) {
                Server lost = pool.removeLast();
                inTurn.remove(lost);
                for (Waiting waiting : lost.waiting) {
                    if (waiting.start() > now) {
                        latencies.set(waiting.index(), TIMEOUT_SECONDS);
                    }
                }
            }
        }

        private PaperLatency outcome() {
            var histogram = new LatencyHistogram();
            latencies.forEach(seconds -> histogram.add((long) (seconds * NANOS_PER_SECOND)));
            // A service time of just the timeout is not drawn in practice.
            long failed = latencies.stream()
                    .filter(seconds -> seconds == TIMEOUT_SECONDS)
                    .count();
            return new PaperLatency(latencies.size(), failed, EventOutcome.Latency.of(histogram));
        }
    }
}
