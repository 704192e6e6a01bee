package dev.skyhedge.console.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.console.live.TrafficMeter.Rates;
import dev.skyhedge.engine.plan.Plan;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/// Everything that the page shows at a glance, as one document: that of `status -json` with replicas counted instead of
/// listed, that of `spend -json` for today, and beside each service its plan and its traffic. Thread-safe.
public final class Overview {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final InstantSource clock;
    private final SharedDocument status;
    private final SharedDocument spend;
    private final LiveFeed feed;
    private final Supplier<List<MetricSnapshots>> metrics;
    private final Supplier<List<String>> missing;
    private final TrafficMeter meter = new TrafficMeter();
    private final History history = new History();

    /// @param status the document of `status -json`
    /// @param spend the document of `spend -json` since midnight UTC
    /// @param missing what is missing until traffic can be served, for people
    public Overview(
            InstantSource clock,
            Supplier<JsonNode> status,
            Supplier<JsonNode> spend,
            LiveFeed feed,
            Supplier<List<MetricSnapshots>> metrics,
            Supplier<List<String>> missing) {
        this.clock = clock;
        this.status = new SharedDocument(status);
        this.spend = new SharedDocument(spend);
        this.feed = feed;
        this.metrics = metrics;
        this.missing = missing;
    }

    /// As it is now. May wait for the state.
    public ObjectNode now() {
        JsonNode known = status.read();
        JsonNode today = spend.read();
        Instant at = clock.instant();
        SortedMap<String, Rates> rates = rates(at);
        Optional<Plan> plan = feed.latest();
        ObjectNode node = NODES.objectNode().put("at", at.toString());
        known.properties().forEach(field -> {
            if (!field.getKey().equals("services") && !field.getKey().equals("at")) {
                node.set(field.getKey(), field.getValue());
            }
        });
        ArrayNode absent = node.putArray("missing");
        missing.get().forEach(absent::add);
        node.put("planned_at", plan.map(Plan::at).map(Instant::toString).orElse(null));
        node.put(
                "budget",
                plan.flatMap(Plan::budget).map(standing -> standing.text()).orElse(null));
        node.put("problem_count", plan.map(one -> one.problems().size()).orElse(0));
        node.set("today", today);
        services(node, known.path("services"), plan, rates, at);
        return node;
    }

    private synchronized SortedMap<String, Rates> rates(Instant at) {
        return meter.look(at, Traffic.of(metrics.get()));
    }

    private void services(
            ObjectNode node, JsonNode known, Optional<Plan> plan, SortedMap<String, Rates> rates, Instant at) {
        ArrayNode services = node.putArray("services");
        List<String> names = new ArrayList<>();
        var sum = new Figures();
        for (JsonNode service : known) {
            String name = service.path("name").asText();
            names.add(name);
            Optional<Plan.WorkloadSummary> summary = plan.flatMap(one -> one.services().stream()
                    .filter(of -> of.service().equals(name))
                    .findFirst());
            var groups = new ReplicaGroups(service.path("replicas"));
            var figures = new Figures(service, groups, summary);
            sum.add(figures);
            ObjectNode now = figures.tree(rates.getOrDefault(name, Rates.NONE));
            history.add(name, at, now);
            services.add(service(service, groups, summary, now));
        }
        ObjectNode all = sum.tree(rates.getOrDefault("", Rates.NONE));
        history.add("", at, all);
        history.keep(names);
        node.set("now", all);
    }

    private static ObjectNode service(
            JsonNode service, ReplicaGroups groups, Optional<Plan.WorkloadSummary> summary, ObjectNode now) {
        ObjectNode node = NODES.objectNode();
        service.properties().forEach(field -> {
            if (!field.getKey().equals("replicas")) {
                node.set(field.getKey(), field.getValue());
            }
        });
        node.put("live", groups.live());
        node.set("groups", groups.tree());
        node.set("plan", summary.map(PlanTree::summary).orElse(null));
        node.set("now", now);
        return node;
    }

    /// A page of the replicas of a service; empty if there is no such service.
    ///
    /// @param words all of which have to be in a replica's fields
    public Optional<ObjectNode> replicas(String service, String words, int offset, int limit) {
        for (JsonNode one : status.read().path("services")) {
            if (one.path("name").asText().equals(service)) {
                return Optional.of(ReplicaPages.of(one, words, offset, limit));
            }
        }
        return Optional.empty();
    }

    /// What the figures were over the last hours.
    public History history() {
        return history;
    }

    /// The plan in force, and what was decided before.
    public ObjectNode plan() {
        return PlanTree.of(feed.latest(), feed.decisions());
    }
}
