package dev.skyhedge.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.console.live.LiveFeed;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Event;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// A console that is told by a test what its watch would tell it.
final class FedConsole implements AutoCloseable {
    /// Is in places that no answer may have.
    static final String CANARY = "canary-5f1c9e";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> ZONES = List.of("sim/east/east-a", "sim/east/east-b", "sim/north/north-a");

    private final LiveFeed feed = new LiveFeed();
    private final AtomicReference<ObjectNode> status = new AtomicReference<>(NODES.objectNode());
    private final AtomicInteger reads = new AtomicInteger();
    private final Console console;
    private final URI uri;

    FedConsole() {
        this(ConsoleSettings.loopback(0), "ready", 3);
    }

    /// As [#replicas(String, int)] from the beginning.
    FedConsole(ConsoleSettings settings, String first, int count) {
        console = new Console(
                settings,
                new ConsoleSources(
                        () -> Readiness.READY,
                        List::of,
                        this::read,
                        _ -> List.of(event("chat-9", "log_read", CANARY)),
                        () -> {},
                        Optional.empty(),
                        Optional.of(new PageSources(InstantSource.system(), FedConsole::spend, feed))));
        replicas(first, count);
        uri = switch (console.start()) {
            case StartResult.Listening(URI at) -> at;
            case StartResult.Refused(String reason) -> throw new IllegalStateException(reason);
        };
    }

    private ObjectNode read() {
        reads.incrementAndGet();
        return status.get();
    }

    /// How often the state was read.
    int reads() {
        return reads.get();
    }

    URI uri() {
        return uri;
    }

    LiveFeed feed() {
        return feed;
    }

    static Event event(String replica, String kind, String message) {
        return new Event(Instant.now(), "chat", replica, kind, message);
    }

    /// The state has one service with so many replicas, of which the first is in this state.
    void replicas(String first, int count) {
        ObjectNode document = NODES.objectNode()
                .put("format_version", "1.0")
                .put("lineage", "fed")
                .put("serial", 7);
        ObjectNode service = document.putArray("services").addObject();
        service.put("name", "chat")
                .put("address", "service.chat")
                .put("state", first.equals("ready") ? "ready" : "degraded")
                .put("wanted", count)
                .put("ready", first.equals("ready") ? count : count - 1)
                .put("version", "v1")
                .put("placement", "skyhedge")
                .putNull("stopped_version")
                .putNull("endpoint_url")
                .put("price_usd_per_hour", 0.03 * count)
                .put("spent_usd", 1.5)
                .put("all_on_demand_usd", 4.5)
                .put("saved_percent", 66)
                .put("preemptions_last_hour", first.equals("ready") ? 0 : 1);
        ArrayNode replicas = service.putArray("replicas");
        for (int i = 1; i <= count; i++) {
            replica(replicas.addObject(), i, i == 1 ? first : "ready");
        }
        document.putArray("zone_health")
                .addObject()
                .put("location", ZONES.getFirst())
                .put("accelerator", "CPU:1")
                .put("market", "spot")
                .put("status", "active")
                .put("failures", 0)
                .put("since", Instant.now().toString())
                .put("retry_at", Instant.now().toString())
                .put("evidence", "it held 3 replicas for an hour");
        status.set(document);
    }

    private static void replica(ObjectNode replica, int number, String state) {
        replica.put("service", "chat")
                .put("name", "chat-" + number)
                .put("generation", 1)
                .put("version", "v1")
                .put("market", number % 4 == 0 ? "on_demand" : "spot")
                .put("location", ZONES.get(number % ZONES.size()))
                .put("instance_type", "small")
                .put("accelerator", "CPU:1")
                .put("price_usd_per_hour", 0.03)
                .put("state", state)
                .put("since", Instant.now().minusSeconds(90).toString())
                .put("age_seconds", 100)
                .put("failures", 0)
                .put("reason", state.equals("ready") ? "it answers its probes" : "the cloud takes it back")
                .put("log_tail", "key=" + CANARY);
    }

    /// A controller makes a step in which this happened.
    void happens(Event... events) {
        Instant now = Instant.now();
        var cost = new Plan.Cost(new HourlyPrice(90_000), new HourlyPrice(80_000), new HourlyPrice(300_000));
        var plan = new Plan(
                now,
                "fed",
                7,
                List.of(),
                List.of(new Plan.WorkloadSummary("chat", 3, "min_replicas", 3, 0, 3, cost, List.of("a note"))),
                List.of(),
                List.of(),
                Optional.empty());
        List<Change> changes = List.of(events).stream()
                .map(event -> (Change) new Change.AppendEvent(event))
                .toList();
        feed.stepped(new Step(changes, List.of(), List.of(), plan, Optional.empty()));
    }

    private static JsonNode spend() {
        ObjectNode document = NODES.objectNode()
                .put("format_version", "1.0")
                .put("from", "2026-01-01T00:00:00Z")
                .put("until", "2026-01-01T01:00:00Z")
                .put("spent_usd", 1.25)
                .put("all_on_demand_usd", 3.75);
        document.putArray("sums");
        return document;
    }

    @Override
    public void close() {
        console.close();
    }
}
