package dev.skyhedge.providers.local.daemon;

import dev.skyhedge.providers.local.wire.FailureWire;
import dev.skyhedge.providers.local.wire.Fields;
import dev.skyhedge.providers.local.wire.Wire;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// What the daemon can be asked, by name. An answer holds `failure`, or what the call gives.
final class CloudCalls {
    private final BoxedCloud cloud;
    private final String settings;
    private final Instant startedAt;
    private final Runnable stop;
    private final LaunchGate gate = new LaunchGate();

    /// @param settings as text, for the client to compare with its own
    /// @param stop ends the daemon; called at most once
    CloudCalls(BoxedCloud cloud, String settings, Instant startedAt, Runnable stop) {
        this.cloud = cloud;
        this.settings = settings;
        this.startedAt = startedAt;
        this.stop = stop;
    }

    /// Answers a call; an empty answer means that there is no such call.
    SequencedMap<String, Object> call(String name, Fields request) {
        return switch (name) {
            case "offers" -> answer(cloud.now().offers(query(request)), Wire::write);
            case "launch" -> answer(launch(Wire.launchRequest(request)), Wire::write);
            case "observe" -> answer(cloud.now().observe(request.text("lineage")), Wire::write);
            case "terminate" ->
                answer(
                        cloud.now().terminate(request.text("id"), location(request)),
                        ended -> Wire.object("ended", true));
            case "logs" -> answer(logs(request), CloudCalls::write);
            case "status" -> status();
            case "preempt" -> preempt(request);
            case "outage" -> outage(request);
            case "stop" -> stop();
            default -> new LinkedHashMap<>();
        };
    }

    /// An answer about a call that could not be understood or carried out.
    static SequencedMap<String, Object> problem(RuntimeException e) {
        return Wire.object("problem", String.valueOf(e.getMessage()));
    }

    private static <T> SequencedMap<String, Object> answer(
            Outcome<T> outcome, Function<T, SequencedMap<String, Object>> write) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> write.apply(value);
            case Outcome.Failed<T>(Failure failure) -> Wire.object("failure", FailureWire.write(failure));
        };
    }

    private static OfferQuery query(Fields request) {
        return new OfferQuery(
                request.texts("locations").stream().map(LocationPattern::parse).toList(),
                request.texts("accelerators").stream().map(Accelerator::parse).toList());
    }

    private Outcome<Instance> launch(LaunchRequest request) {
        if (request.workload().command().isEmpty()) {
            return Outcome.failed(new Failure.UnsupportedHere(
                    new Scope(LocationPattern.parse("local"), Optional.empty(), Optional.empty()),
                    "The cloud in a box runs commands, not container images: give the replica a command"));
        }
        return gate.pass(
                () -> cloud.now().launch(request),
                () -> Outcome.failed(
                        new Failure.Throttled(Duration.ofSeconds(5), "The cloud in a box is shutting down")));
    }

    private static Location location(Fields request) {
        return Location.parse(request.text("location"));
    }

    private Outcome<LogPage> logs(Fields request) {
        return cloud.now()
                .logs(
                        request.text("id"),
                        location(request),
                        request.number("offset"),
                        request.smallNumber("max_bytes"));
    }

    private static SequencedMap<String, Object> write(LogPage page) {
        return Wire.object("text", page.text(), "next_offset", page.nextOffset(), "complete", page.complete());
    }

    private SequencedMap<String, Object> status() {
        Cloud now = cloud.now();
        return Wire.object(
                "pid", ProcessHandle.current().pid(),
                "started_at", startedAt.toString(),
                "live", now.ledger().live().size(),
                "processes", cloud.processes(),
                "spend_micro_dollars", now.ledger().spendMicroDollars(now.instant()),
                "settings", settings);
    }

    private SequencedMap<String, Object> preempt(Fields request) {
        Duration notice = Duration.ofMillis(request.number("notice_millis"));
        Optional<String> instance = request.optionalText("id");
        int count = instance.isPresent()
                ? (cloud.now().preempt(instance.get(), notice) ? 1 : 0)
                : cloud.now().preemptZone(known(Location.parse(request.text("zone"))), notice);
        cloud.now();
        return Wire.object("preempted", count);
    }

    private Location known(Location location) {
        List<Location> all = cloud.now().description().locations();
        if (!all.contains(location)) {
            throw new IllegalArgumentException("There is no zone " + location + " in this cloud; it has " + all);
        }
        return location;
    }

    private SequencedMap<String, Object> outage(Fields request) {
        LocationPattern locations = LocationPattern.parse(request.text("locations"));
        List<Location> all = cloud.now().description().locations();
        if (all.stream().noneMatch(locations::matches)) {
            throw new IllegalArgumentException(locations + " matches no location of this cloud; it has " + all);
        }
        if (request.flag("on")) {
            cloud.now().faults().unreachable(locations, new Failure.OutcomeUnknown("Outage of " + locations));
        } else {
            cloud.now().faults().reachable(locations);
        }
        return Wire.object("on", request.flag("on"));
    }

    /// From now on nothing is launched.
    void refuseLaunches() {
        gate.closeUnless(() -> false);
    }

    /// Ends the daemon if nothing runs in it.
    void stopIfEmpty() {
        if (gate.closeUnless(() -> !cloud.now().ledger().live().isEmpty())) {
            stop.run();
        }
    }

    private SequencedMap<String, Object> stop() {
        if (gate.closeUnless(() -> false)) {
            stop.run();
        }
        return Wire.object("stopping", true);
    }
}
