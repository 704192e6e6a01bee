package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.calls.Gathering;
import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider.Ended;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Gives instances back, together with the spot requests behind them. Terminations that come at about the same
/// time in a region share a call. EC2 refuses such a call as a whole if it does not know one of the instances;
/// it is then made again in halves, so that the others still end.
final class Terminations {
    private static final Duration WINDOW = Duration.ofMillis(100);
    private static final int MOST = 500;

    private final Ec2Calls calls;
    private final Fleet fleet;
    private final SpotRequests spotRequests;
    private final Sightings sightings;
    private final Pause pause;
    private final Map<String, Gathering<String, Ended>> regions = new ConcurrentHashMap<>();

    Terminations(Ec2Calls calls, Sightings sightings, Pause pause) {
        this.calls = calls;
        this.fleet = new Fleet(calls);
        this.spotRequests = new SpotRequests(calls);
        this.sightings = sightings;
        this.pause = pause;
    }

    Outcome<Ended> terminate(String id, String region) {
        return switch (spotRequest(id, region)) {
            case Outcome.Failed<Optional<String>>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Done<Optional<String>>(Optional<String> request) -> {
                Outcome<Ended> ended = calls.repeated(
                        region,
                        Ec2Calls.Group.TERMINATE,
                        () -> gathering(region).ask(id));
                yield ended instanceof Outcome.Done<Ended> && request.isPresent()
                        ? cancel(region, request.get())
                        : ended;
            }
        };
    }

    /// The spot request behind an instance. A client that has never seen the instance has to ask.
    private Outcome<Optional<String>> spotRequest(String id, String region) {
        Optional<Optional<String>> known = sightings.spotRequest(id);
        if (known.isPresent()) {
            return Outcome.done(known.get());
        }
        return fleet.byId(region, id)
                .map(found -> found.map(software.amazon.awssdk.services.ec2.model.Instance::spotInstanceRequestId)
                        .filter(request -> !request.isEmpty()));
    }

    private Outcome<Ended> cancel(String region, String request) {
        return spotRequests.cancel(region, request).map(cancelled -> Ended.ENDED);
    }

    private Gathering<String, Ended> gathering(String region) {
        return regions.computeIfAbsent(
                region, where -> new Gathering<>(WINDOW, MOST, pause, ids -> together(where, ids)));
    }

    private Map<String, Outcome<Ended>> together(String region, List<String> ids) {
        Outcome<Boolean> outcome = calls.once(region, Ec2Calls.region(region), ec2 -> {
            ec2.terminateInstances(all -> all.instanceIds(ids));
            return true;
        });
        if (outcome instanceof Outcome.Failed<Boolean>(Failure.NotFound missing) && ids.size() > 1) {
            int middle = ids.size() / 2;
            Map<String, Outcome<Ended>> both = new LinkedHashMap<>(together(region, ids.subList(0, middle)));
            both.putAll(together(region, ids.subList(middle, ids.size())));
            return both;
        }
        Map<String, Outcome<Ended>> each = new LinkedHashMap<>();
        ids.forEach(id -> each.put(id, outcome(id, outcome)));
        return each;
    }

    private Outcome<Ended> outcome(String id, Outcome<Boolean> outcome) {
        return switch (outcome) {
            case Outcome.Done<Boolean> done -> {
                sightings.terminated(id);
                yield Outcome.done(Ended.ENDED);
            }
            case Outcome.Failed<Boolean>(Failure.NotFound missing) ->
                sightings.isYoung(id)
                        ? Outcome.failed(new Failure.OutcomeUnknown(
                                id + " was launched a moment ago and is not known everywhere yet"))
                        : Outcome.done(Ended.ENDED);
            case Outcome.Failed<Boolean>(Failure failure) -> Outcome.failed(failure);
        };
    }
}
