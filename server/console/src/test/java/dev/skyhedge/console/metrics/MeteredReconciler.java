package dev.skyhedge.console.metrics;

import dev.skyhedge.engine.reconcile.Effect;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.reconcile.Reconciler;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.specs.ScalingSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.UpdateSpec;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.spi.ProviderLimits;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.ReplicaKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// The real reconciler with its metrics, on a cloud that does everything at once and a clock that goes 2 ms a
/// step.
final class MeteredReconciler implements InstantSource {
    private static final int MAX_STEPS = 100;
    private static final String CLOUD = "sim";

    private final EngineMetrics metrics = new EngineMetrics(this);
    private final Map<String, Instance> instances = new TreeMap<>();
    private final List<Message> waiting = new ArrayList<>();
    private final Reconciler reconciler;
    private Instant now = Story.START;

    MeteredReconciler(int wanted) {
        var limits = new ProviderLimits(10, Duration.ofSeconds(10), Duration.ofSeconds(1));
        reconciler = new Reconciler(spec(wanted), Story.NOTHING, List.of(), Map.of(CLOUD, limits), 1);
        metrics.lead(Story.NOTHING, List.of(), 1);
        waiting.add(new Message.OffersRead(CLOUD, new OfferList(offers(), now, List.of())));
        settle();
    }

    EngineMetrics metrics() {
        return metrics;
    }

    PrometheusText text() {
        return PrometheusText.parse(Exposition.text(List.of(metrics.snapshots())));
    }

    @Override
    public Instant instant() {
        return now;
    }

    void wants(int replicas) {
        waiting.add(new Message.SpecGiven(spec(replicas)));
        settle();
    }

    void noticeFor(String replica) {
        Instance instance = running(replica);
        waiting.add(new Message.Happened(
                CLOUD, new ProviderEvent.PreemptionNotice(instance.id(), instance.tags(), now.plusSeconds(120))));
        settle();
    }

    void end(String replica, EndCause cause) {
        end(running(replica), cause);
        settle();
    }

    void pass(Duration time) {
        now = now.plus(time);
        settle();
    }

    private Instance running(String replica) {
        return instances.values().stream()
                .filter(instance -> instance.tags().replica().equals(replica))
                .findFirst()
                .orElseThrow();
    }

    private void settle() {
        for (int i = 0; i < MAX_STEPS; i++) {
            List<Message> messages = List.copyOf(waiting);
            waiting.clear();
            Step step = reconciler.react(messages, now);
            now = now.plusMillis(2);
            step.effects().forEach(this::answer);
            metrics.stepped(step);
            if (step.changes().isEmpty() && waiting.isEmpty()) {
                return;
            }
        }
        throw new AssertionError("It does not settle");
    }

    private void answer(Effect effect) {
        switch (effect) {
            case Effect.Launch call -> launch(call.intent());
            case Effect.Terminate(Intent intent) -> {
                String id = intent.instanceId().orElseThrow();
                waiting.add(new Message.TerminateEnded(intent.id(), new Outcome.Done<>(id)));
                Optional.ofNullable(instances.get(id)).ifPresent(it -> end(it, EndCause.TERMINATED));
            }
            case Effect.Observe _, Effect.ReadLog _, Effect.Listen _, Effect.ProbeNow _ -> {}
        }
    }

    private void launch(Intent intent) {
        var tags = new InstanceTags(
                Story.NOTHING.lineage(),
                intent.service(),
                intent.machine().name(),
                intent.machine().generation(),
                intent.token());
        var endpoint = Optional.of(new Endpoint("127.0.0.1", 8_000));
        var instance = new Instance(
                "i-" + intent.token(), intent.offer(), tags, InstanceState.RUNNING, endpoint, now, Optional.empty());
        instances.put(instance.id(), instance);
        waiting.add(new Message.LaunchEnded(intent.id(), new Outcome.Done<>(instance)));
        var key = new ReplicaKey(
                intent.service(), intent.machine().name(), intent.machine().generation());
        waiting.add(new Message.Probed(key, true, "200"));
    }

    private void end(Instance it, EndCause cause) {
        instances.remove(it.id());
        var end = Optional.of(new Instance.End(now, cause, ""));
        waiting.add(new Message.Happened(
                CLOUD,
                new ProviderEvent.InstanceChanged(new Instance(
                        it.id(), it.offer(), it.tags(), InstanceState.ENDED, it.endpoint(), it.launchedAt(), end))));
    }

    private static List<Offer> offers() {
        List<Offer> offers = new ArrayList<>();
        for (String zone : List.of("a/a1", "a/a2", "b/b1", "b/b2")) {
            Location location = Location.parse(CLOUD + "/" + zone);
            for (Market market : Market.values()) {
                var price = HourlyPrice.ofUsd(market == Market.SPOT ? "0.3" : "1");
                offers.add(new Offer("cpu", Accelerator.parse("CPU:1"), location, market, price));
            }
        }
        return offers;
    }

    private static Spec spec(int wanted) {
        var replica = new ReplicaSpec(Optional.empty(), List.of("serve"), 8_000, new LinkedHashMap<>());
        var resources =
                new ResourcesSpec(List.of(Accelerator.parse("CPU:1")), List.of(LocationPattern.parse(CLOUD + "/*/*")));
        var service = new ServiceSpec(
                "chat",
                "service.chat",
                replica,
                resources,
                ReadinessSpec.DEFAULT,
                new PlacementSpec.SpotHedge(0, false, 0),
                ScalingSpec.fixed(wanted),
                UpdateSpec.DEFAULT,
                Optional.empty(),
                false);
        SequencedMap<String, ServiceSpec> services = new LinkedHashMap<>(Map.of("chat", service));
        return new Spec(List.of(), services, List.of());
    }
}
